// What a change of rules says of each article, read from the act's own text. It is read as the site spells it alone: a
// line a value, no comments, no shorter ways. Whatever is spelled otherwise is read by people, as it stands.

/** It is spelled in a way that is not read here. */
export class Otherwise extends Error {}

const SIGNS = {
  text: /"(?:[^"\\\p{Cc}]|\\["\\bfnrt]|\\u[0-9a-fA-F]{4})*"/uy,
  number: /(?:0|[1-9][0-9]{0,14})(?![0-9A-Za-z_.:+-])/y,
  truth: /(?:true|false)(?![A-Za-z0-9_])/y,
  key: /[a-z_]+/y,
};

/** Reads on from one place of a text. */
class Reading {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  /** The next sign, if it is of this sort; else null. */
  next(sort) {
    const sign = SIGNS[sort];
    sign.lastIndex = this.at;
    const found = sign.exec(this.text);
    if (found) this.at = sign.lastIndex;
    return found && found[0];
  }

  /** Whether these letters come next; then they are gone by. */
  passes(letters) {
    const here = this.text.startsWith(letters, this.at);
    if (here) this.at += letters.length;
    return here;
  }

  demand(letters) {
    if (!this.passes(letters)) throw new Otherwise(letters);
  }

  value() {
    for (const sort of ["text", "truth", "number"]) {
      const found = this.next(sort);
      if (found !== null) return JSON.parse(found);
    }
    if (this.passes("[")) return this.several("]", () => this.one("text"));
    this.demand("{");
    return table(this.several("}", () => this.pair()));
  }

  one(sort) {
    const found = this.next(sort);
    if (found === null) throw new Otherwise(sort);
    return JSON.parse(found);
  }

  several(end, read) {
    const found = [];
    while (!this.passes(end)) {
      if (found.length) this.demand(", ");
      found.push(read());
    }
    return found;
  }

  pair() {
    const key = this.next("key");
    if (key === null) throw new Otherwise("key");
    this.demand(" = ");
    return [key, this.value()];
  }
}

/** What is said twice would be read in one way here, and in another elsewhere. */
function table(pairs) {
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Otherwise("twice");
  return new Map(pairs);
}

/** Each article's table, in their order: maps from keys to texts, numbers, truths, lists of texts, and maps. Throws
 *  Otherwise. */
export function read(text) {
  const reading = new Reading(text), found = [];
  while (reading.at < text.length) {
    if (reading.passes("\n")) continue;
    reading.demand("[[article]]\n");
    const pairs = [];
    while (reading.at < text.length && !text.startsWith("\n", reading.at) && !text.startsWith("[", reading.at)) {
      pairs.push(reading.pair());
      reading.demand("\n");
    }
    found.push(table(pairs));
  }
  return found;
}

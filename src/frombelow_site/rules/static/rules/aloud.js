// Settings as they are read aloud. The library's is `frombelow/polity/rulebook/aloud.py`; a test holds both against each
// other. What a setting cannot be is not put into words.
import { Otherwise } from "./spelled.js";

const SHARE = /^([0-9]{1,6})(?:([./])([0-9]{1,6}))?(%?)$/;
const BASES = { "yes+no": "of yes and no", cast: "of cast", present: "of present", eligible: "of eligible" };

const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
const divisor = (one, other) => (other ? divisor(other, one % other) : one);

/** An exact share, in lowest terms: [above, below]. */
function fraction(written) {
  const [, above, sign, below, percent] = (typeof written === "string" && SHARE.exec(written)) || [];
  if (above === undefined) throw new Otherwise("share");
  let [top, bottom] = sign === "/" ? [BigInt(above), BigInt(below)]
    : [BigInt(above + (below ?? "")), 10n ** BigInt(below?.length ?? 0)];
  if (percent) bottom *= 100n;
  if (!bottom) throw new Otherwise("share");
  const common = divisor(top, bottom);
  return [top / common, bottom / common];
}

function share(written) {
  const [top, bottom] = fraction(written);
  if ((top * 100n) % bottom === 0n && bottom > 3n) return `${(top * 100n) / bottom}%`;
  return bottom === 1n ? String(top) : `${top}/${bottom}`;
}

/** The parts of a setting; none of a name that is not among these. */
function parts(value, names) {
  const found = value instanceof Map ? Object.fromEntries(value) : value;
  if (!found || typeof found !== "object" || Object.keys(found).some((name) => !names.includes(name)))
    throw new Otherwise("parts");
  return found;
}

const SORTS = {
  number: (value) => {
    if (!Number.isSafeInteger(value)) throw new Otherwise("number");
    return String(value);
  },
  text: (value) => {
    if (typeof value !== "string") throw new Otherwise("text");
    return value;
  },
  truth: (value, { words }) => {
    if (typeof value !== "boolean") throw new Otherwise("truth");
    return words[value ? "yes" : "no"];
  },
  share: (value) => share(value),
  seconders: (value, { words }) => {
    const { count, share: part, root } = parts(value, ["count", "share", "root"]);
    const facts = { count: SORTS.number(count) };
    if (root !== undefined && fraction(root)[0]) return fill(words.root, { ...facts, share: share(root) });
    return fill(words.fewer, { ...facts, share: share(part ?? "20%") });
  },
  majority,
  quorum: (value, { words }) => {
    const said = parts(value, ["participating", "yes_of_eligible", "yes_root", "knowingly"]);
    const asked = [["take part", "participating"], ["say yes", "yes_of_eligible"], ["yes root", "yes_root"]]
      .filter(([, name]) => said[name] !== undefined && fraction(said[name])[0])
      .map(([sentence, name]) => fill(words[sentence], { share: share(said[name]) }));
    return asked.length ? asked.reduce((first, second) => fill(words.and, { first, second })) : words.somebody;
  },
};

function majority(value, { words, presets }) {
  if (typeof value === "string" && !Object.hasOwn(presets, value)) throw new Otherwise("preset");
  const found = typeof value === "string" ? presets[value] : value;
  const read = exact(found), simple = exact(presets.simple);
  if (JSON.stringify(read) === JSON.stringify(simple)) return words.simple;
  const sentence = words[read.more ? "more than" : "at least"];
  const said = fill(sentence, { share: share(read.share), base: words[BASES[read.of]] });
  return read.all === "0" ? said : fill(words["and of all"], { words: said, share: share(read.all) });
}

/** A majority with its shares in lowest terms. */
function exact(value) {
  const { share: part, of = "yes+no", more_than: more = false, yes_of_eligible: all = "0%" } =
    parts(value, ["share", "of", "more_than", "yes_of_eligible"]);
  if (!Object.hasOwn(BASES, of) || typeof more !== "boolean") throw new Otherwise("majority");
  const spelled = (written) => fraction(written).join("/").replace(/\/1$/, "");
  return { share: spelled(part), of, more, all: spelled(all) };
}

/** The setting in words; `said` has the sentences for it ({words, presets}). Throws Otherwise. */
export function inWords(value, sort, said) {
  if (!Object.hasOwn(SORTS, sort)) throw new Otherwise("sort");
  return SORTS[sort](value, said);
}

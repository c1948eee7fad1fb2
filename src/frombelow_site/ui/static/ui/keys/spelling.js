// The bytes that keys sign, as the record spells them. The library's spelling is `frombelow/keys/signed.py` and
// `frombelow/polity/kernel/entry.py`; a test holds both against each other. Nothing here knows the kinds of acts: what
// they are made of comes from the server (`frombelow.polity.spelling`), and whatever does not fit it is an error.

/** Why something cannot be spelled. */
export class SpellingError extends Error {}

const encoder = new TextEncoder();

// Encoding would put another letter in the place of half a pair (a lone surrogate), and sign what nobody wrote.
function whole(text, where) {
  if (typeof text !== "string") throw new SpellingError(`${where} is no text`);
  if (/\p{Surrogate}/u.test(text)) throw new SpellingError(`${where} holds half a letter`);
  return text;
}

/** These bytes, one after the other. */
export function join(...parts) {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((place, part) => (joined.set(part, place), place + part.length), 0);
  return joined;
}

/** The act's bytes, as its entry spells them. `act` is a plain object; the order of its fields does not matter. */
export function spellAct(act, spelling) {
  return encoder.encode(struct("kind", act, "act", spelling.acts, spelling));
}

function struct(tag, said, where, kinds, spelling) {
  const kind = said?.[tag];
  if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) throw new SpellingError(`${where} is of no known ${tag}`);
  return fields(said, kinds[kind], [`"${tag}":${JSON.stringify(kind)}`], where, spelling, tag);
}

// What a tag names, where there is one, stands in `spelled` already.
function fields(said, those, spelled, where, spelling, tag) {
  if (said === null || typeof said !== "object") throw new SpellingError(`${where} has no fields`);
  const known = new Set([tag, ...those.map((field) => field.name)]);
  for (const name of Object.keys(said))
    if (!known.has(name)) throw new SpellingError(`there is an unknown field “${name}” in ${where}`);
  for (const { name, type, optional, default: given } of those) {
    const value = Object.hasOwn(said, name) && said[name] !== undefined ? said[name] : given;
    if (value !== undefined) spelled.push(`"${name}":${spell(value, type, `${where}.${name}`, spelling)}`);
    else if (!optional) throw new SpellingError(`${where}.${name} is missing`);
  }
  return `{${spelled.join()}}`;
}

function spell(value, type, where, spelling) {
  if (type === "text") return JSON.stringify(whole(value, where));
  if (type === "number") return number(value, where);
  if (type === "effect") return struct("do", value, where, spelling.effects, spelling);
  const { list, row, struct: inner } = type;
  if (inner) return fields(value, inner, [], where, spelling);
  if (!Array.isArray(value) || (row && row.length !== value.length))
    throw new SpellingError(`${where} is no list of this kind`);
  const items = Array.from(value, (item, n) => spell(item, row ? row[n] : list, `${where}[${n}]`, spelling));
  return `[${items.join()}]`;
}

function number(value, where) {
  if (!Number.isSafeInteger(value)) throw new SpellingError(`${where} is no whole number that the record can hold`);
  return String(value);
}

/** What seals an act: as this key's `n`-th, until then, over the record's first `size` entries with this root. */
export function actBytes(origin, key, n, until, size, root, act) {
  return join(lines("frombelow/act/2", origin, key, count(n), count(until), count(size), root, ""), act);
}

/** What a key signs where somebody signs in: never an act, whatever the server's nonce is. */
export const signInBytes = (origin, nonce) => lines("frombelow/sign-in/1", origin, nonce);

/** What a key signs where it is bound. */
export const possessionBytes = (origin, person, kind, algorithm, publicKey) =>
  lines("frombelow/key/1", origin, person, kind, algorithm, publicKey);

/** What the proof for a ballot key is about. */
export const ballotBytes = (origin, person, publicKey) => lines("frombelow/ballot-key/1", origin, person, publicKey);

/** What a passkey is asked to sign for these bytes: their SHA-256. */
export const challenge = async (signed) => new Uint8Array(await crypto.subtle.digest("SHA-256", signed));

/** A key's id: 16 bytes. */
export const fingerprint = async (algorithm, publicKey) =>
  (await challenge(lines("frombelow/key-id/1", algorithm, publicKey))).slice(0, 16);

function lines(...all) {
  for (const line of all)
    if (whole(line, "a line").includes("\n")) throw new SpellingError("there is a line break in a line");
  return encoder.encode(all.join("\n"));
}

function count(value) {
  if (value < 0) throw new SpellingError("a number in what is signed is negative");
  return number(value, "a number in what is signed");
}

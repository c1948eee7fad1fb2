// Sixteen bytes as people write them: twelve words of a list (BIP-39), or one line of text for a QR code. Nothing else
// is read, and nothing is guessed. The library's is `frombelow/keys/card_words.py`.
import { base32 } from "./drawing.js";
import { join } from "./spelling.js";

const WORDS = 12;
const SEED = 16;
const MOST = 1000; // characters that somebody may have typed
const LINE = /^frombelow-card-(\d+):([^:]*):?(.*)$/s;
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const encoder = new TextEncoder();

/** Why something is no card: a word for it, which the page has a sentence for, and what the sentence names. */
export class CardError extends Error {
  constructor(why, named = "") {
    super(why);
    this.why = why;
    this.named = named;
  }
}

/** Without accents, in small letters. */
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const spelled = (bytes) => Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
const packed = (bits) => Uint8Array.from(bits.match(/.{8}/g), (eight) => parseInt(eight, 2));
const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** The twelve words for these sixteen bytes. */
export async function inWords(seed, list) {
  const bits = spelled(seed) + spelled(await digest(seed)).slice(0, 4);
  return bits.match(/.{11}/g).map((place) => list[parseInt(place, 2)]);
}

/** The line for these sixteen bytes, with four that check them; and for which record they are, where it is said. */
export async function inALine(seed, origin = "") {
  const check = (await digest(join(seed, encoder.encode(plain(origin))))).slice(0, 4);
  return `frombelow-card-1:${base32(join(seed, check))}${origin && `:${plain(origin)}`}`;
}

/** The sixteen bytes that were written in words of one of these lists, or as a line; not those of another
 * organization's card, where the line says that it is one. Throws `CardError`. */
export async function read(typed, lists, origin) {
  if (typed.length > MOST) throw new CardError("long");
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const line = LINE.exec(words.join(""));
  return line ? readLine(line, origin) : readWords(words, lists);
}

async function readLine([whole, version, letters, named], origin) {
  if (version !== "1") throw new CardError("newer");
  if (!/^[a-z2-7]{32}$/.test(letters)) throw new CardError("line");
  const bits = Array.from(letters, (letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const seed = packed(bits).slice(0, SEED);
  if ((await inALine(seed, named)) !== whole) throw new CardError("line");
  if (named && named !== plain(origin)) throw new CardError("origin", named);
  return seed;
}

async function readWords(words, lists) {
  if (words.length !== WORDS) throw new CardError("count", String(words.length));
  // A few words stand in both lists, so no single one says the language.
  const all = lists.map((list) => list.map(plain));
  const known = (list) => words.filter((word) => list.includes(word)).length;
  const list = all.reduce((best, next) => (known(next) > known(best) ? next : best));
  const wrong = words.flatMap((word, n) => (list.includes(word) ? [] : [n + 1]));
  if (wrong.length) throw new CardError("words", wrong.join(", "));
  const bits = words.map((word) => list.indexOf(word).toString(2).padStart(11, "0")).join("");
  const seed = packed(bits.slice(0, 128));
  if (spelled(await digest(seed)).slice(0, 4) !== bits.slice(128)) throw new CardError("unfit");
  return seed;
}

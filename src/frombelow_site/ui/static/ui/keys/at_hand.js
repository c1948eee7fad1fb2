// What seals here for who is signed in: a card that was read on this page; else the key of this browser, where the record
// has it; else a passkey of theirs.
import { here } from "./here.js";
import { get } from "./kept.js";
import { device, passkey } from "./signers.js";
import { found } from "./visit.js";

let asked;
/** The person's passkeys that can seal, bound or not, the latest used first. */
export const passkeys = () =>
  (asked ??= fetch(`${here.keys}passkeys/`, { redirect: "error" }).then((answer) => answer.json()));

const READ = "frombelow-card-was-read"; // on a page of this tab before
let card = null;
/** The card that was read on this page; null where none was. */
export const held = () => card;

/** From now on this card seals what is done on this page, until the page is gone. */
export function hold(read) {
  card = read;
  try {
    sessionStorage.setItem(READ, here.person);
  } catch {
    // Then a page that comes after this one does not ask for the card by itself.
  }
}

/** Whether a card of theirs sealed on a page before this one, and is forgotten with it. */
export function wasHeld() {
  try {
    return sessionStorage.getItem(READ) === here.person && !card;
  } catch {
    return false;
  }
}
globalThis.addEventListener?.("pagehide", () => (card = null));

/** Whether another tab had a key of this browser bound since this page came: there is its receipt. */
export async function meanwhile() {
  const kept = await get("key").catch(() => null);
  return Boolean(kept?.receipt) && !here.ended.includes(kept.key);
}

/** The signer for what is done here; null where there is none. `durable`: what a browser's key cannot seal. */
export async function atHand({ durable = false } = {}) {
  if (card) return card;
  if (!durable && ((await found) === "has" || (await meanwhile()))) return device();
  if (!here.passkeys || !globalThis.PublicKeyCredential) return null;
  const known = (await passkeys()).find((each) => each.bound);
  return known ? passkey(known) : null;
}

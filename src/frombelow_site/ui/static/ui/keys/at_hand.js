// What seals here for who is signed in: the key of this browser, where the record has it; else a passkey of theirs.
import { here } from "./here.js";
import { device, passkey } from "./signers.js";
import { found } from "./visit.js";

let asked;
/** The person's passkeys that can seal, bound or not, the latest used first. */
export const passkeys = () =>
  (asked ??= fetch(`${here.keys}passkeys/`, { redirect: "error" }).then((answer) => answer.json()));

/** The signer for what is done here; null where there is none. `durable`: what a browser's key cannot seal. */
export async function atHand({ durable = false } = {}) {
  const what = await found;
  if (what === "has" && !durable) return device();
  if (!here.passkeys || !globalThis.PublicKeyCredential) return null;
  const known = (await passkeys()).find((each) => each.bound);
  return known ? passkey(known) : null;
}

// What seals here for who is signed in: the key of this browser, where the record has it.
import { device } from "./signers.js";
import { found } from "./visit.js";

/** The signer for what this form hands in; null where there is none. */
export async function atHand() {
  return (await found) === "has" ? device() : null;
}

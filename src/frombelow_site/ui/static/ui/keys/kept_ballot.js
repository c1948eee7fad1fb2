// The ballot key of who is signed in, where they said that this browser keeps it: what it is made of is stored encrypted
// (AES-GCM) under a key that no script can read out, and is in the clear only while it is used.
import { ballotKey } from "./ballot_key.js";
import { here } from "./here.js";
import { drop, get, put } from "./kept.js";
import { join } from "./spelling.js";

const SEED = 64; // bytes; the rest is what proofs draw from
const how = (iv) => ({
  name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`frombelow/kept-ballot/1\n${here.origin}\n${here.person}`),
});

/** This browser keeps the ballot key that is made of these bytes, in the place of one that it kept. */
export async function keepBallot([seed, drawing]) {
  const { public: made } = ballotKey(seed, drawing);
  const wrapping = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const raw = join(seed, drawing);
  const wrapped = await crypto.subtle.encrypt(how(iv), wrapping, raw);
  for (const bytes of [raw, seed, drawing]) bytes.fill(0);
  await put("ballot", { public: made, wrapping, iv, wrapped });
}

/** The ballot key that this browser keeps; null where it keeps none. Throws where it cannot be opened. */
export async function keptBallot() {
  const kept = await get("ballot");
  if (!kept) return null;
  const raw = new Uint8Array(await crypto.subtle.decrypt(how(kept.iv), kept.wrapping, kept.wrapped));
  const key = ballotKey(raw.slice(0, SEED), raw.slice(SEED));
  raw.fill(0);
  if (key.public !== kept.public) throw new Error("what is kept is another key than it is said to be");
  return key;
}

/** This browser keeps no ballot key. */
export const forgetBallot = () => drop("ballot");

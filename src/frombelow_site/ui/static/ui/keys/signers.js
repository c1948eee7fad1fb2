// What seals. A signer is {key, kind, algorithm, public, sign}: `key` is its id as seals name it; `sign(bytes)` gives the
// fields of a seal that are the signature's. The device's own is a key that nothing can read out of the browser.
import { base64url, fromBase64url, id } from "./drawing.js";
import { here } from "./here.js";
import { change, drop, get, put } from "./kept.js";
import { low, rawFromDer } from "./signatures.js";
import { challenge, fingerprint, possessionBytes } from "./spelling.js";

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** The signer of this browser for who is signed in; null where it has none. */
export async function device() {
  const kept = await get("key");
  return kept ? signerOf(kept) : null;
}

/** A new key of this browser, beside one for what is sealed to its person. It is kept, and bound to nobody yet. */
export async function makeDevice() {
  const [signing, receiving] = await Promise.all([
    crypto.subtle.generateKey(ECDSA, false, ["sign", "verify"]),
    crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"])
      .catch(() => crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"])),
  ]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", signing.publicKey));
  const made = base64url(Uint8Array.from([2 + (point[64] & 1), ...point.slice(1, 33)]));
  const kept = { key: id(await fingerprint("p256", made)), public: made, signing: signing.privateKey, receiving };
  await put("key", kept);
  return signerOf(kept);
}

/** This browser has no key of who is signed in any more, and nothing that it sealed. The record is told otherwise: by an act. */
export const forgetDevice = () => Promise.all([drop("key"), drop("acts")]);

/** The signer that signs with what is kept. */
export const signerOf = (kept) => ({
  key: kept.key, kind: "device", algorithm: "p256", public: kept.public,
  sign: async (bytes) => {
    const signature = low(new Uint8Array(await crypto.subtle.sign(ECDSA, kept.signing, bytes)));
    return { signature: base64url(signature) };
  },
});

/** The key as its person hands it in to be bound, with the proof that its secret is at hand. */
export async function newKey({ kind, algorithm, public: made, sign }) {
  const signed = await sign(possessionBytes(here.origin, here.person, kind, algorithm, made));
  await learn({ algorithm, public: made });
  return { kind, algorithm, public: made, ...signed };
}

/** This key comes by this browser, which does not ask whose it is. Before the first visit's end it knows none. */
export const learn = async ({ algorithm, public: made }) => {
  const key = id(await fingerprint(algorithm, made));
  await change("known", (known) => known && [...new Set([...known, key])]).catch(() => {});
};

/** The signer that is this passkey, as the server knows it: its device asks its owner each time. */
export const passkey = ({ credential, key, algorithm, public: made }) => ({
  key, kind: "passkey", algorithm, public: made,
  sign: async (bytes) => {
    const allowCredentials = [{ type: "public-key", id: fromBase64url(credential) }];
    const asked = { challenge: await challenge(bytes), userVerification: "required", allowCredentials };
    const { response } = await navigator.credentials.get({ publicKey: asked });
    const [client, authenticator, signature] = [response.clientDataJSON, response.authenticatorData, response.signature]
      .map((part) => new Uint8Array(part));
    const signed = algorithm === "p256" ? rawFromDer(signature) : signature;
    return { client: base64url(client), authenticator: base64url(authenticator), signature: base64url(signed) };
  },
});

// A card: sixteen bytes drawn where the person is, printed or saved, never sent. All keys of the card follow from them.
// The library's is `frombelow/keys/cards.py`.
import { bech32 } from "./bech32.js";
import { base32, base64url, fromBase64url } from "./drawing.js";
import { fingerprint, join } from "./spelling.js";

const SALT = new TextEncoder().encode("frombelow/card/1");
// What stands before the 32 bytes of a secret key in PKCS #8 (RFC 8410).
const HEADS = { Ed25519: 0x70, X25519: 0x6e };
const head = (name) => Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, HEADS[name], 4, 0x22, 4, 0x20);
const USES = { Ed25519: ["sign"], X25519: ["deriveBits"] };

/** Sixteen bytes for a new card. */
export const drawn = () => crypto.getRandomValues(new Uint8Array(16));

/** The card of these sixteen bytes, which signs; it holds none of them in a form that can be read out again. Throws
 * `NotSupportedError` in a browser without Ed25519 and X25519. */
export async function open(seed) {
  const all = await crypto.subtle.importKey("raw", seed, "HKDF", false, ["deriveBits"]);
  const signing = await pair("Ed25519", await derived(all, "signing", 32));
  const receiving = await pair("X25519", await derived(all, "receiving", 32));
  return {
    kind: "card",
    algorithm: "ed25519",
    public: signing.public,
    key: base32(await fingerprint("ed25519", signing.public)),
    recipient: bech32("age", fromBase64url(receiving.public)),
    sign: async (bytes) => ({
      signature: base64url(new Uint8Array(await crypto.subtle.sign("Ed25519", signing.secret, bytes))),
    }),
    async ballot() {
      const { ballotKey } = await import("./ballot_key.js");
      return ballotKey(...(await this.ballotBytes()));
    },
    /** What the ballot key is made of, for a browser that keeps it. */
    ballotBytes: () => Promise.all([derived(all, "ballot", 64), derived(all, "ballot-proof", 32)]),
  };
}

async function derived(all, name, length) {
  const how = { name: "HKDF", hash: "SHA-256", salt: SALT, info: new TextEncoder().encode(name) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, all, 8 * length));
}

/** The public half is told by the browser; the secret one is then taken in so that it tells it no more. */
async function pair(name, raw) {
  const encoded = join(head(name), raw);
  const shown = await crypto.subtle.importKey("pkcs8", encoded, { name }, true, USES[name]);
  const { x } = await crypto.subtle.exportKey("jwk", shown);
  const secret = await crypto.subtle.importKey("pkcs8", encoded, { name }, false, USES[name]);
  encoded.fill(0);
  raw.fill(0);
  return { public: x, secret };
}

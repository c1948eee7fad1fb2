// The key that is a member's own part of what they vote in secret with: a number m and the point mG, with a proof that
// whoever binds it knows m. The library's is `frombelow/keys/ballot_keys.py`. Browsers cannot count with such points
// themselves, so this takes a program of others.
import { Point } from "../vendored/noble-ed25519/index.js";
import { base64url } from "./drawing.js";
import { ballotBytes, join } from "./spelling.js";

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const encoder = new TextEncoder();

const fromLittle = (bytes) => bytes.reduceRight((number, byte) => number << 8n | BigInt(byte), 0n);
const toLittle = (number) => Uint8Array.from({ length: 32 }, (_, n) => Number(number >> BigInt(8 * n) & 255n));
const hashed = async (bytes) => fromLittle(new Uint8Array(await crypto.subtle.digest("SHA-512", bytes))) % ORDER;
const pointOf = (number) => Point.BASE.multiply(number).toBytes();

/** The key of these 64 bytes; what its proofs' one-time numbers follow from are those other bytes. */
export function ballotKey(seed, drawing) {
  const secret = fromLittle(seed) % ORDER;
  if (!secret) throw new Error("these bytes make no ballot key");
  const key = base64url(pointOf(secret));
  return {
    public: key,
    /** A proof of knowing m, good for this person of this organization alone. */
    async prove(origin, person) {
      const about = ballotBytes(origin, person, key);
      const once = await hashed(join(drawing, about));
      const line = encoder.encode(`\n${base64url(pointOf(once))}`);
      const challenge = await hashed(join(about, line));
      return base64url(join(toLittle(challenge), toLittle((once + challenge * secret) % ORDER)));
    },
  };
}

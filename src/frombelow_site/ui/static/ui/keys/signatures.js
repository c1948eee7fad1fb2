// Signatures by P-256 in the one spelling that the record takes: 64 bytes r || s, s in the lower half. WebCrypto gives
// either half; passkeys give DER. The library's is `frombelow/keys/p256.py`.
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const toNumber = (bytes) => BigInt(`0x${hex(bytes)}`);
const toBytes = (number) =>
  Uint8Array.from(number.toString(16).padStart(64, "0").match(/../g), (digits) => parseInt(digits, 16));

function raw(r, s) {
  if (r < 1n || r >= ORDER || s < 1n || s >= ORDER) throw new Error("no signature by P-256");
  const both = new Uint8Array(64);
  both.set(toBytes(r));
  both.set(toBytes(s > ORDER / 2n ? ORDER - s : s), 32);
  return both;
}

/** The one spelling of a signature that WebCrypto made. */
export function low(signature) {
  if (signature.length !== 64) throw new Error("no signature by P-256");
  return raw(toNumber(signature.slice(0, 32)), toNumber(signature.slice(32)));
}

/** The one spelling of a signature that a passkey made. Throws for what is not DER. */
export function rawFromDer(der) {
  const [tag, length] = der;
  if (tag !== 0x30 || length !== der.length - 2 || length > 70) throw new Error("no signature in DER");
  const [r, after] = integer(der, 2);
  const [s, end] = integer(der, after);
  if (end !== der.length) throw new Error("no signature in DER");
  return raw(r, s);
}

function integer(der, place) {
  const length = der[place + 1];
  const start = place + 2;
  const bytes = der.slice(start, start + length);
  const padded = bytes[0] === 0 && !(bytes[1] & 0x80); // also where 0 stands alone, which is in no signature
  if (der[place] !== 2 || !length || bytes.length !== length || bytes[0] & 0x80 || padded)
    throw new Error("no signature in DER");
  return [toNumber(bytes), start + length];
}

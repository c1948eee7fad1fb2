// Bech32 (BIP-173): how age spells a recipient. The library's is `frombelow/sealing/age`.
const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const TERMS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function remainder(digits) {
  let found = 1;
  for (const digit of digits) {
    const top = found >>> 25;
    found = ((found & 0x1ffffff) << 5) ^ digit;
    TERMS.forEach((term, n) => (top >>> n & 1) && (found ^= term));
  }
  return found;
}

/** These bytes, said to be what the prefix says. */
export function bech32(prefix, bytes) {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = bits.match(/.{1,5}/g).map((five) => parseInt(five.padEnd(5, "0"), 2));
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0));
  const checked = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...digits];
  const rest = remainder([...checked, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = [25, 20, 15, 10, 5, 0].map((shift) => rest >>> shift & 31);
  return `${prefix}1${[...digits, ...check].map((digit) => LETTERS[digit]).join("")}`;
}

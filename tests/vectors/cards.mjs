// Prints tests/vectors/cards.json: what a card gives, computed without the library and without its languages' packages.
//   node tests/vectors/cards.mjs > tests/vectors/cards.json
// HKDF, Ed25519 and X25519 are Node's; the group, bech32 and base32 are written out here.
import { createHash, createPrivateKey, createPublicKey, hkdfSync } from "node:crypto";
import { readFileSync } from "node:fs";

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (a, m = P) => ((a % m) + m) % m;
const power = (a, e) => {
  let found = 1n;
  for (a = mod(a); e > 0n; e >>= 1n, a = mod(a * a)) if (e & 1n) found = mod(found * a);
  return found;
};
const inverse = (a) => power(a, P - 2n);
const D = mod(-121665n * inverse(121666n));
const G = [
  15112221349535400772501151409588531511454012693041857206046113283949847762202n,
  46316835694926478169428394003475163141307993866256225615783033603165251855960n,
];

function add([x1, y1], [x2, y2]) {
  const t = mod(D * x1 * x2 * y1 * y2);
  return [mod((x1 * y2 + x2 * y1) * inverse(1n + t)), mod((y1 * y2 + x1 * x2) * inverse(1n - t))];
}
function times(n, point) {
  let found = [0n, 1n];
  for (; n > 0n; n >>= 1n, point = add(point, point)) if (n & 1n) found = add(found, point);
  return found;
}
const fromLittle = (bytes) => BigInt("0x" + Buffer.from(bytes).reverse().toString("hex"));
const little = (n) => Buffer.from(n.toString(16).padStart(64, "0"), "hex").reverse();
const compressed = ([x, y]) => little(y | ((x & 1n) << 255n));
const url = (bytes) => Buffer.from(bytes).toString("base64url");
const sha = (kind, ...parts) => parts.reduce((hash, part) => hash.update(part), createHash(kind)).digest();
const derived = (seed, info, length) => Buffer.from(hkdfSync("sha256", seed, "frombelow/card/1", info, length));

function publicOf(kind, secret) {
  const head = { ed25519: "302e020100300506032b657004220420", x25519: "302e020100300506032b656e04220420" }[kind];
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from(head, "hex"), secret]), format: "der", type: "pkcs8" });
  return Buffer.from(createPublicKey(key).export({ format: "jwk" }).x, "base64url");
}

const bits = (bytes) => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
const groups = (text, size) => text.match(new RegExp(`.{1,${size}}`, "g")).map((each) => parseInt(each.padEnd(size, "0"), 2));

function bech32(prefix, raw) {
  const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const digits = groups(bits(raw), 5);
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  const polymod = (values) => {
    let found = 1;
    for (const value of values) {
      const top = found >>> 25;
      found = ((found & 0x1ffffff) << 5) ^ value;
      [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((term, i) => {
        if ((top >>> i) & 1) found ^= term;
      });
    }
    return found >>> 0;
  };
  const rest = polymod([...codes.map((c) => c >> 5), 0, ...codes.map((c) => c & 31), ...digits, 0, 0, 0, 0, 0, 0]) ^ 1;
  const checksum = [25, 20, 15, 10, 5, 0].map((shift) => (rest >>> shift) & 31);
  return prefix + "1" + [...digits, ...checksum].map((digit) => letters[digit]).join("");
}

const base32 = (raw) => groups(bits(raw), 5).map((digit) => "abcdefghijklmnopqrstuvwxyz234567"[digit]).join("");
const lists = Object.fromEntries(
  ["en", "es"].map((language) => {
    const file = new URL(`../../src/frombelow/keys/wordlists/${language}.txt`, import.meta.url);
    return [language, readFileSync(file, "utf8").normalize("NFC").trim().split("\n")];
  }),
);

function words(seed, list) {
  const all = bits(seed) + bits(sha("sha256", seed)).slice(0, 4);
  return groups(all, 11).map((place) => list[place]).join(" ");
}

function proof(seed, m, point, origin, person) {
  const secret = derived(seed, "ballot-proof", 32);
  const about = ["frombelow/ballot-key/1", origin, person, url(compressed(point))].join("\n");
  const w = mod(fromLittle(sha("sha512", secret, about)), L);
  const commitment = url(compressed(times(w, G)));
  const c = mod(fromLittle(sha("sha512", about + "\n" + commitment)), L);
  return url(Buffer.concat([little(c), little(mod(w + c * m, L))]));
}

function card(hex) {
  const [origin, person] = ["quayside.example", "aeaqcaibaeaqcaibaeaqcaibae"];
  const seed = Buffer.from(hex, "hex");
  const [signing, receiving] = [derived(seed, "signing", 32), derived(seed, "receiving", 32)];
  const m = mod(fromLittle(derived(seed, "ballot", 64)), L);
  const point = times(m, G);
  return {
    seed: hex,
    en: words(seed, lists.en),
    es: words(seed, lists.es),
    line: "frombelow-card-1:" + base32(Buffer.concat([seed, sha("sha256", seed).subarray(0, 4)])),
    signing: url(publicOf("ed25519", signing)),
    identity: bech32("age-secret-key-", receiving).toUpperCase(),
    recipient: bech32("age", publicOf("x25519", receiving)),
    ballot: url(compressed(point)),
    origin,
    person,
    proof: proof(seed, m, point, origin, person),
  };
}

const seeds = [
  "00000000000000000000000000000000",
  "ffffffffffffffffffffffffffffffff",
  "80808080808080808080808080808080",
  "000102030405060708090a0b0c0d0e0f",
  "9e885d952ad362caeb4efe34a8e91bd2",
  "23db8160a31d3e0dca3688ed941adbf3",
];
console.log(JSON.stringify(seeds.map(card), null, 1));

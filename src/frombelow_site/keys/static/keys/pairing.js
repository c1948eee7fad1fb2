// A second device's key, as both devices show it before the first one adds it: as four words, and as a QR code. Each
// device makes them of the key that it holds, or is about to add. Whoever wants another key with the same four words has
// to try 2^44 of them, each by so many rounds; the code holds the key's whole id.
import { base32 } from "../ui/keys/drawing.js";
import { here } from "../ui/keys/here.js";
import { fingerprint } from "../ui/keys/spelling.js";

const PREFIX = "frombelow-pair-1:";
const PURPOSE = "frombelow/pairing/1";
const ROUNDS = 300_000;
const WORDS = 4;
const encoder = new TextEncoder();

async function fourWords(algorithm, made, list) {
  const about = encoder.encode([PURPOSE, here.origin, here.person, algorithm, made].join("\n"));
  const all = await crypto.subtle.importKey("raw", about, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: encoder.encode(PURPOSE), iterations: ROUNDS };
  const bytes = new Uint8Array(await crypto.subtle.deriveBits(how, all, 48));
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const words = await (await fetch(list, { redirect: "error" })).json();
  return bits.match(/.{11}/g).slice(0, WORDS).map((place) => words[parseInt(place, 2)]).join(" ");
}

/** This part of the page shows the key of this browser, which waits. */
export async function show(part, { public: made, key }) {
  const { picture } = await import("../ui/keys/qr.js");
  part.querySelector("[data-four]").textContent = await fourWords("p256", made, part.dataset.list);
  const code = part.querySelector("[data-qr]");
  code.replaceChildren(picture(PREFIX + key, code.dataset.label));
  part.hidden = false;
}

/** Each of these parts shows the key that waits there; the camera finds the one whose code it sees, and adds it. */
export async function tell(parts, list) {
  const waiting = new Map();
  for (const part of parts) {
    const { algorithm, public: made } = JSON.parse(part.querySelector("[data-act]").dataset.act).key;
    waiting.set(base32(await fingerprint(algorithm, made)), part);
    part.querySelector("[data-four]").textContent = await fourWords(algorithm, made, list);
  }
  scanning(document.getElementById("scan"), (key) => waiting.get(key)?.querySelector("[data-act]"));
}

/** In this part of the page the camera finds the button for the key whose code it sees, and presses it. */
function scanning(part, button) {
  const one = (selector) => part.querySelector(selector);
  let filmed = null;
  const say = (what) => {
    for (const line of part.querySelectorAll("[data-scanned]")) line.hidden = line.dataset.scanned !== what;
  };
  const dark = () => {
    filmed?.stop();
    one("[data-dark]").hidden = true;
  };
  one("[data-dark]").onclick = dark;
  one("[data-scan]").onclick = async () => {
    const { film } = await import("./camera.js");
    say();
    dark();
    filmed = film(one("video"), (text) => text.startsWith(PREFIX));
    one("[data-dark]").hidden = false;
    const text = await filmed.found.catch(() => say("camera")).finally(dark);
    const found = text && button(text.slice(PREFIX.length));
    if (found) found.click();
    else if (text) say("other");
  };
  one("[data-scan]").hidden = false;
  addEventListener("pagehide", dark);
}

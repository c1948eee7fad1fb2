// Whoever acts draws what is random in their act, and commits to their words before these leave the page: the server
// compares, and keeps no other. The library's spelling is `frombelow/polity/kernel/commitments.py`. Where this cannot
// run, the server draws.
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
// What the server takes off both ends of a field.
const BLANKS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ENDS = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, "g");
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
export const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

export const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

/** The text in the one form in which it is committed to. */
export const asCommitted = (text) => text.replace(/\r\n?/g, "\n").normalize("NFC").replace(ENDS, "");

/** SHA-256 over the salt and the text. */
export async function commit(salt, text) {
  if (/\p{Surrogate}/u.test(text)) throw new Error("there is half a letter");
  const words = new TextEncoder().encode(text);
  const both = new Uint8Array(salt.length + words.length);
  both.set(salt);
  both.set(words, salt.length);
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", both)));
}

/** The bytes in base32, in small letters and without padding: so an id of 16 bytes is spelled. */
export function base32(bytes) {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{1,5}/g).map((five) => ALPHABET[parseInt(five.padEnd(5, "0"), 2)]).join("");
}
export const id = base32;

/** The words of these fields, as they are sent and committed to. */
function wordsIn(form, names) {
  return names.split(" ").map((name) => {
    const field = form.elements[name];
    const text = asCommitted(field.value);
    if (field.value !== text) field.value = text;
    return text;
  }).join("\n\n");
}

async function draw(form) {
  const drawn = form.elements["drawn-id"];
  const salt = form.elements["drawn-salt"], commitment = form.elements["drawn-commitment"];
  // Sent twice, a form makes one thing; but no two answers have one nonce.
  if (drawn && (!drawn.value || drawn.dataset.draw === "nonce")) drawn.value = id(random(16));
  for (const bytes of form.querySelectorAll("[data-draw=bytes]"))
    bytes.value = Array.from(random(32), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!salt) return;
  const bytes = random(32);
  if (commitment) commitment.value = "";
  const made = commitment && (await commit(bytes, wordsIn(form, commitment.dataset.words)));
  salt.value = base64url(bytes);
  if (commitment) commitment.value = made;
}

const drawing = new WeakMap(); // a form that was sent, to whether all is drawn

async function sent(event) {
  const form = event.target;
  if (!form.querySelector("[name^=drawn-], [data-draw]") || drawing.get(form)) return;
  event.preventDefault();
  if (drawing.has(form)) return; // pressed twice
  drawing.set(form, false);
  await draw(form).catch(() => {});
  await new Promise((after) => setTimeout(after)); // within the event that it came with a form is not sent again
  drawing.set(form, true);
  form.requestSubmit(event.submitter);
  drawing.delete(form);
}

globalThis.document?.addEventListener("submit", sent);

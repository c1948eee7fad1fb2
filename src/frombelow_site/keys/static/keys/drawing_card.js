// A card is drawn in the page, shown, printed or saved, and asked back; then its words are forgotten. Nothing of them is
// sent, or kept in this browser.
import { drawn, open } from "../ui/keys/card.js";
import { inALine, inWords, plain } from "../ui/keys/card_words.js";
import { here } from "../ui/keys/here.js";
import { picture } from "../ui/keys/qr.js";
import { able, steps } from "./steps.js";

const ASKED = 3; // words
export const part = document.getElementById("card");
export const page = steps(part);
let words = [];
let card = null;
let file = "";

async function draw() {
  const [list] = await (await fetch(part.dataset.lists, { redirect: "error" })).json();
  const seed = drawn();
  words = await inWords(seed, list);
  card = await open(seed);
  const line = await inALine(seed, here.origin);
  seed.fill(0);
  page.all("[data-words] li").forEach((place, n) => (place.textContent = words[n]));
  for (const place of page.all("[data-key]")) place.textContent = card.key;
  const code = page.one("[data-qr]");
  code.replaceChildren(picture(line, code.dataset.label));
  file = URL.createObjectURL(new Blob([text(line)], { type: "text/plain" }));
  page.one("[data-file]").href = file;
  page.show("keep");
}

/** The card as a file: what stands on the paper. */
function text(line) {
  const sides = Array.from(page.all(".keycard p, .keycard ul li"), (place) => place.innerText || place.textContent);
  return [...words.map((word, n) => `${n + 1} ${word}`), "", line, "", ...sides].join("\n");
}

async function kept() {
  const places = words.map((_, n) => n + 1);
  for (let n = places.length; n > ASKED; n--) places.splice(Math.floor(Math.random() * n), 1);
  for (const field of page.all("[data-place]")) {
    field.hidden = !places.includes(Number(field.dataset.place));
    field.querySelector("input").value = "";
  }
  page.show("ask");
}

/** The places of the words that were typed otherwise than they stand on the card. */
function mistyped() {
  const fields = page.all("[data-place]:not([hidden])");
  const asked = Array.from(fields, (field) => [field.dataset.place, field.querySelector("input")]);
  const wrong = asked.filter(([place, input]) => plain(input.value.trim()) !== plain(words[place - 1]));
  for (const [, input] of asked) input.ariaInvalid = wrong.some(([, other]) => other === input) ? "true" : null;
  wrong[0]?.[1].focus();
  return wrong.map(([place]) => place);
}

/** Nothing of the words is in the page any more. */
function forget() {
  words = [];
  URL.revokeObjectURL(file);
  page.one("[data-file]").removeAttribute("href");
  page.one("[data-qr]").replaceChildren();
  for (const place of page.all("[data-words] li")) place.textContent = "";
  for (const input of page.all("[data-place] input")) input.value = "";
}

/** The page makes a card; `then` gets it once three words of it were typed from the paper, and says what came of it. */
export async function drawing(then) {
  page.on("draw", draw);
  page.on("print", async () => print());
  page.on("kept", kept);
  page.on("again", async () => page.show("keep"));
  page.one("form[data-step]").onsubmit = (event) => {
    event.preventDefault();
    page.once(page.one("form[data-step] .main"), async () => {
      const wrong = mistyped();
      if (wrong.length) return page.say("other-word", wrong.join(", "));
      await then(card);
      return forget();
    });
  };
  addEventListener("pagehide", () => {
    forget();
    card = null;
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  if (await able()) part.hidden = false;
  else document.getElementById("no-card-here").hidden = false;
}

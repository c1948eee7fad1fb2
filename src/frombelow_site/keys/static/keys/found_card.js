// Who founds makes a card, which seals the founding: the server says the act, this page seals these bytes, over nothing yet.
import { here } from "../ui/keys/here.js";
import { newKey } from "../ui/keys/signers.js";
import { actBytes } from "../ui/keys/spelling.js";
import { drawing, page } from "./drawing_card.js";

const EMPTY = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"; // the root of a record without entries
const GOOD_FOR = 2 * 3600; // seconds
const form = document.getElementById("found");
let card = null;

/** The founding as the server would enter it, if it is by this person, of this record and with this card. */
async function prepared() {
  const body = new FormData(form);
  body.set("card", JSON.stringify(await newKey(card)));
  const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
  const { act: text } = await answer.json();
  const { by, origin, founder_key: key } = JSON.parse(text);
  if (by !== here.person || origin !== here.origin || key.public !== card.public) throw new Error("another founding");
  return text;
}

async function sealed() {
  const act = new TextEncoder().encode(await prepared());
  const until = Math.floor(Date.now() / 1000) + GOOD_FOR;
  const signed = await card.sign(actBytes(here.origin, card.key, 1, until, 0, EMPTY, act));
  form.elements.seal.value = JSON.stringify({ key: card.key, n: 1, until, size: 0, root: EMPTY, ...signed });
  form.submit();
}

form.onsubmit = (event) => {
  if (!card) return;
  event.preventDefault();
  page.once(form.querySelector("button"), sealed);
};
await drawing(async (made) => {
  card = made;
  page.show("ready");
});
addEventListener("pagehide", () => (card = null));

// Who founds makes a card, which seals the founding: the server says the act, this page seals these bytes, over nothing yet.
import { asCommitted, commit, fromBase64url } from "../ui/keys/drawing.js";
import { here } from "../ui/keys/here.js";
import { leaves, Unseen } from "../ui/keys/holds.js";
import { newKey } from "../ui/keys/signers.js";
import { actBytes } from "../ui/keys/spelling.js";
import { drawing, page } from "./drawing_card.js";

const EMPTY = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"; // the root of a record without entries
const GOOD_FOR = 2 * 3600; // seconds
const form = document.getElementById("found");
let card = null;

/** Whether this founding is what the page shows: its name and rules; the founders, whose names it commits to under these
 *  salts; which of them holds what; and nothing beside. */
async function isShown({ kind, by, organization, name, origin, key, founder_key: own, ...rest }, salts) {
  const { rulebook, founders, mandates = [], ...beside } = rest;
  const said = JSON.parse(document.getElementById("shown").dataset.shown), ids = founders.map(([id]) => id);
  const marks = said.founders.map((one, n) => commit(fromBase64url(salts[n] ?? ""), asCommitted(one)));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  return kind === "organization.found" && by === here.person && ids[0] === by && new Set(ids).size === ids.length
    && origin === here.origin && key.startsWith(`${origin}+`) && own.public === card.public
    && name === said.name && rulebook === said.rulebook && !leaves(beside).length
    && same(founders.map(([, mark]) => mark), await Promise.all(marks))
    && same(mandates, said.mandates.map(([office, place]) => [office, ids[place]]));
}

/** The founding as the server would enter it, if it is what the page shows. */
async function prepared() {
  const body = new FormData(form);
  body.set("card", JSON.stringify(await newKey(card)));
  const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
  const { act: text, salts } = await answer.json();
  if (!(await isShown(JSON.parse(text), salts))) throw new Unseen("another founding");
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
// While a card is half made nothing is founded without it.
const show = page.show;
page.show = function (step) {
  show.call(page, step);
  form.hidden = !["begin", "ready"].includes(step);
  document.getElementById("card-first").hidden = !form.hidden;
};
await drawing(async (made) => {
  card = made;
  page.show("ready");
});
addEventListener("pagehide", () => (card = null));

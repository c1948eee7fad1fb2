// Where this browser has no key of who is signed in, a page on which something is to be done says so first, and what
// seals instead: a card, where they have one, is read right there.
import { meanwhile } from "./at_hand.js";

/** What is said stands where something is about to be done, below what it is about; the header's own form comes last. */
export function say(what) {
  const place = where();
  const line = document.querySelector("[data-cannot-seal]");
  if (place && line && what !== "passkey" && place.dataset.actsHere !== "card") {
    place.before(line);
    line.hidden = false;
    addEventListener("focus", async () => (line.hidden ||= await meanwhile()));
  }
  if (what !== "unable") offerCard();
}

function where() {
  const doing = ["main form[data-seals]", "[data-acts-here]", "form[data-seals]"]
    .map((each) => document.querySelector(each)).find(Boolean);
  return doing?.closest("details, ul, table") ?? doing;
}

/** A card of theirs can be read where something is to be done. */
export function offerCard() {
  const place = where();
  const card = document.getElementById("by-card")?.content.firstElementChild;
  if (!place || !card) return;
  place.before(card);
  card.querySelector('[data-do="open"]').onclick = async () => (await import("../../keys/card_here.js")).read(card);
}

// “Seal with my card”, on a page where something is to be done: once the card is read there, it seals what its owner
// does on that page, and is gone with it.
import { hold } from "../ui/keys/at_hand.js";
import { chosen } from "../ui/keys/forms.js";
import { here } from "../ui/keys/here.js";
import { show } from "../ui/keys/sentences.js";
import { reading } from "./reading.js";
import { able, steps } from "./steps.js";

/** In this part of the page a card is read. */
export async function read(part) {
  const page = steps(part);
  reading(page, async (card) => {
    if (!here.live.includes(card.key)) return page.say("unknown");
    hold(card);
    for (const form of document.querySelectorAll("form[data-seals]")) show(form, here.person, chosen);
    for (const place of document.querySelectorAll("[data-with-key], [data-with-durable]")) place.hidden = false;
    for (const line of document.querySelectorAll("[data-cannot-seal], [data-without-durable], [data-without-key], #not-sealed")) line.hidden = true;
    return page.show("held");
  });
  addEventListener("pageshow", (event) => event.persisted && page.show("read")); // the card is gone
  page.show("read");
  if (!(await able())) page.say("unable");
}

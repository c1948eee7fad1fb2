// A card is read: its words typed, with the rest of each put by a space, or its QR code seen by the camera. The card
// that was read signs in this page and is gone with it.
import { open } from "../ui/keys/card.js";
import { CardError, plain, read } from "../ui/keys/card_words.js";
import { here } from "../ui/keys/here.js";

const OFFERED = 6; // words that begin as what was typed
const PREFIX = "frombelow-card-";

/** In this page's part a card can be read. `then` gets the signer. */
export function reading(page, then) {
  const part = page.one("[data-read]");
  const field = part.querySelector("textarea");
  const camera = part.querySelector("video");
  let lists = null;
  let filmed = null;
  const listed = async () => (lists ??= await (await fetch(part.dataset.lists, { redirect: "error" })).json());

  async function taken(text) {
    const seed = await read(text, await listed(), here.origin);
    const card = await open(seed);
    seed.fill(0);
    field.value = "";
    tell();
    await then(card);
  }

  const said = (error) => {
    if (!(error instanceof CardError)) throw error;
    page.say(error.why, error.named);
  };

  function tell(what, named) {
    for (const line of part.querySelectorAll("[data-typed]")) {
      line.hidden = line.dataset.typed !== what;
      if (!line.hidden) line.querySelector("[data-named]").textContent = named;
    }
  }

  async function typed() {
    await listed();
    const words = field.value.split(/\s+/).filter(Boolean);
    if (!words.length || field.value.startsWith(PREFIX)) return tell();
    const fits = fitting(words.at(-1), words.slice(0, -1), lists);
    if (!fits.length) return tell("unknown", words.length);
    if (!/\s$/.test(field.value)) return tell("next", fits.slice(0, OFFERED).join(", "));
    const whole = wholeOf(words.at(-1), fits);
    if (whole && whole !== words.at(-1) && field.selectionEnd === field.value.length)
      field.value = `${[...words.slice(0, -1), whole].join(" ")} `;
    return tell("count", words.length);
  }

  /** After the last word there is no space: its rest is put where the card is read. */
  async function completed() {
    const words = field.value.split(/\s+/).filter(Boolean);
    if (!words.length || field.value.startsWith(PREFIX)) return field.value;
    const whole = wholeOf(words.at(-1), fitting(words.at(-1), words.slice(0, -1), await listed()));
    return [...words.slice(0, -1), whole ?? words.at(-1)].join(" ");
  }

  async function look() {
    const { film } = await import("./camera.js");
    filmed = film(camera, (text) => text.trim().toLowerCase().startsWith(PREFIX));
    page.one('[data-do="dark"]').hidden = false;
    const text = await filmed.found.catch(() => page.say("camera")).finally(dark);
    if (text) await taken(text).catch(said);
  }

  async function dark() {
    filmed?.stop();
    filmed = null;
    page.one('[data-do="dark"]').hidden = true;
  }

  field.oninput = () => typed().catch(() => {});
  field.onkeydown = (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    page.one('[data-do="read"]').click();
  };
  page.on("read", async () => taken(await completed()).catch(said));
  page.on("film", look);
  page.on("dark", dark);
  addEventListener("pagehide", () => {
    field.value = "";
    dark();
  });
}

/** The one word that is meant by these letters, of those that begin so; null where it may be several. */
const wholeOf = (begun, fits) =>
  fits.find((word) => plain(word) === plain(begun)) ?? (fits.length === 1 ? fits[0] : null);

/** The words that begin so, of the list to which the words before belong. */
function fitting(begun, before, lists) {
  const spoken = plain(before.join(" ")).split(" ");
  const known = (list) => list.filter((word) => spoken.includes(plain(word))).length;
  const order = [...lists].sort((one, other) => known(other) - known(one));
  const found = order.map((list) => list.filter((word) => plain(word).startsWith(plain(begun))));
  return found.find((fits) => fits.length) ?? [];
}

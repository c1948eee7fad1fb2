// A card that was read acts in this page: it adds a key of this browser, ends a lost one, says that nothing stands
// without a key, and is bound where nobody has it.
import { here } from "../ui/keys/here.js";
import { handIn, NotSealed, seal } from "../ui/keys/sealing.js";
import { isShared } from "../ui/keys/shared.js";
import { device, forgetDevice, makeDevice, newKey } from "../ui/keys/signers.js";
import { sure } from "../ui/keys/sure.js";
import { bind, only } from "./bind_card.js";
import { reading } from "./reading.js";
import { able, steps } from "./steps.js";

const part = document.getElementById("card");
const page = steps(part);
const line = (key) => page.one(`li[data-key="${key}"]`);
let card = null;

const act = async (kind, fields = {}) => handIn(await seal(card, { kind, by: here.person, ...fields }));

async function came(found) {
  card = found;
  for (const place of page.all("code[data-key]")) place.textContent = card.key;
  const mine = line(card.key);
  if (!mine) return page.show(part.dataset.waiting.split(" ").includes(card.key) ? "waits" : "unknown");
  mine.querySelector("[data-mine]").hidden = false;
  const kept = await device().catch(() => null);
  page.one("[data-new-device]").hidden = isShared() || Boolean(kept && line(kept.key));
  if (part.dataset.ballot) page.one("[data-keeps-ballot]").hidden = isShared();
  page.one("[data-suspended]").hidden = !("suspended" in mine.dataset);
  return page.show("can");
}

/** This browser has a key of its own from now on. It is dropped where the card was refused, and only then: where no
 *  answer came, the record may have it. */
async function keep() {
  const signer = await makeDevice();
  try {
    await act("key.add", { key: await newKey(signer) });
  } catch (error) {
    if (error instanceof NotSealed && error.said.why) await forgetDevice();
    throw error;
  }
  page.one("[data-new-device]").hidden = true;
  page.say("kept");
}

/** Pressed once it asks; pressed twice the key ends. */
async function end(button) {
  if (!sure(button)) return;
  const gone = button.closest("li");
  await act("key.end", { key: gone.dataset.key });
  gone.remove();
  page.say("ended");
}

async function bound() {
  const became = await bind(card);
  page.one("[data-said]").textContent = became.said;
  page.show("handed-in");
}

/** In secret votes this card is its person's own part. */
async function ballot() {
  const key = await card.ballot();
  await act("key.ballot", { public: key.public, proof: await key.prove(here.origin, here.person) });
  part.dataset.ballot = key.public;
  page.say("ballot");
}

/** The same, and this browser keeps it: no card is needed here. */
async function keepBallotHere() {
  const { keepBallot } = await import("../ui/keys/kept_ballot.js");
  if ((await card.ballot()).public !== part.dataset.ballot) await ballot();
  await keepBallot(await card.ballotBytes());
  page.say("ballot-kept");
}

page.on("ballot", ballot);
page.on("keep-ballot", keepBallotHere);
page.on("keep", keep);
page.on("end", end);
page.on("bind", bound);
page.on("only", () => only(page, card));
page.on("goes-on", async () => {
  await act("key.keep", { key: card.key });
  page.one("[data-suspended]").hidden = true;
  page.say("goes-on");
});
addEventListener("pagehide", () => (card = null));
addEventListener("pageshow", (event) => event.persisted && location.reload());
if (await able()) {
  reading(page, came);
  part.hidden = false;
} else document.getElementById("no-card-here").hidden = false;

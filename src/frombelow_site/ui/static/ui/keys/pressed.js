// Buttons that are an act: button[data-act] holds it, but for who acts. It is sealed by what is at hand, by a durable key
// where data-durable says so, by this very key where data-by names one; then the page is opened anew and says
// what was done ([data-done]).
import { atHand, passkeys } from "./at_hand.js";
import { here } from "./here.js";
import { handIn, NotSealed, seal } from "./sealing.js";
import { learn, passkey } from "./signers.js";
import { sure } from "./sure.js";
import { found } from "./visit.js";

const trouble = document.getElementById("not-done");
const DONE = "frombelow-done"; // what was done, for the page as it is opened anew

/** The signer for a button; null where there is none. */
async function signerFor({ by, durable }) {
  const signer = await atHand({ durable: durable !== undefined });
  if (!by || signer?.key === by) return signer;
  const known = here.passkeys && (await passkeys()).find((each) => each.key === by);
  return known ? passkey(known) : null;
}

/** What is done here is done, and the page opened anew; or the page says why it is not. */
export async function press(work, near = document.activeElement) {
  trouble.hidden = true;
  try {
    await work();
    location.reload();
  } catch (error) {
    trouble.querySelector("[data-why]").textContent = (error instanceof NotSealed && error.said.why) || "";
    near?.closest("main p")?.after(trouble);
    trouble.hidden = false;
    trouble.focus();
  }
}

/** The act is sealed and in the record. */
export async function done(signer, act) {
  const answer = await handIn(await seal(signer, { ...act, by: here.person }));
  if (act.kind === "key.add") await learn(act.key);
  note(`${act.kind} ${act.kind === "key.end" ? act.key : ""}`.trim());
  return answer;
}

/** It is said once the page is opened anew; where a browser keeps nothing for pages, it is done all the same. */
function note(what) {
  try {
    sessionStorage.setItem(DONE, what);
  } catch {
    // Nothing is said then.
  }
}

/** What was done before the page was opened anew, once. */
function noted() {
  try {
    const was = sessionStorage.getItem(DONE);
    sessionStorage.removeItem(DONE);
    return was;
  } catch {
    return null;
  }
}

function tell() {
  const was = noted();
  const said = [...document.querySelectorAll("[data-done]")].find((each) => each.dataset.done === was);
  if (!said) return;
  said.hidden = false;
  said.focus();
}

tell();
for (const button of document.querySelectorAll("button[data-act]"))
  button.onclick = () =>
    sure(button) && press(async () => done(await signerFor(button.dataset), JSON.parse(button.dataset.act)));
const able = ["has", "passkey"].includes(await found);
for (const place of document.querySelectorAll("[data-with-key]")) place.hidden = !able;
for (const place of document.querySelectorAll("[data-without-key]")) place.hidden = able;
const lasting = document.querySelectorAll("[data-with-durable]");
if (lasting.length) {
  const lasts = Boolean(await atHand({ durable: true }));
  for (const place of lasting) place.hidden = !lasts;
  for (const place of document.querySelectorAll("[data-without-durable]")) place.hidden = lasts;
  if (!lasts && (await found) === "has") (await import("./keyless.js")).offerCard();
}

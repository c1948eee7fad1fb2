// Forms seal. What a form with data-seals would hand in is asked for as bytes; where these are by who is signed in, of a
// kind that the form names, about what the page is about, and hold what was drawn and chosen here, they are sealed and
// the form goes off with the seals. Beside its button stands what the record will say: made of the same fields.
import { OtherHistory } from "./anchor.js";
import "./drawing.js"; // which draws first
import { here } from "./here.js";
import { atHand, held, wasHeld } from "./at_hand.js";
import { leftOut, numberOfDay, unsaid, Unseen } from "./holds.js";
import { letGo, NotSealed, sealAll, spelling } from "./sealing.js";
import { isFirst, sentence, show, shown } from "./sentences.js";
import { spellAct, SpellingError } from "./spelling.js";
import { found } from "./visit.js";

/** What the server would enter is not what the page shows. */
class Differs extends Error {}

/** Nothing here seals for who is bound. */
class Keyless extends Error {}

const ID = /[a-z2-7]{26}/g;
const decoder = new TextDecoder();
let working = new WeakSet(); // forms that are being sealed, or went off
const told = new WeakSet(); // forms that say why they were not sealed; pressed again they go off as they can

/** Every text in an act. */
const textsIn = (value) =>
  typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];

/** Why this act is not what the form shows; "" where it is. */
export function amiss(act, text, form, spelled) {
  if (!Object.hasOwn(JSON.parse(form.dataset.seals), act.kind)) return "kind";
  if (act.by !== here.person) return "by";
  if (decoder.decode(spellAct(act, spelled)) !== text) return "spelling";
  const said = textsIn(act);
  if (!about(form).every((name) => said.includes(name))) return "about";
  for (const name of ["drawn-id", "drawn-commitment"])
    if (form.elements[name]?.value && said.filter((text) => text === form.elements[name].value).length !== 1) return name;
  for (const [name, value] of chosen(form))
    if (typeof act[name] === "string" && act[name] !== value) return name;
  const does = act.effects?.map((effect) => effect.do).join(" ") ?? "";
  return does === (form.dataset.does ?? "") ? "" : "effects";
}

/** The ids in the address to which the form is sent: what it is about. */
const about = (form) => new URL(form.action).pathname.match(ID) ?? [];

/** What was chosen in the form: the fields of radio buttons, lists and days, with their values. */
export const chosen = (form) =>
  [...form.elements].filter((one) => (one.type === "radio" ? one.checked : ["select-one", "date"].includes(one.type)))
    .map((one) => [one.name, one.type === "date" && one.value ? String(numberOfDay(one)) : one.value]);

/** The acts that the form would hand in, as the server spells them; none where it hands in nothing now. */
async function prepared(form, sent) {
  const headers = { "X-Prepare": "act" };
  const answer = await fetch(form.action, { method: "POST", body: sent, headers, redirect: "error" });
  if (!answer.ok || !answer.headers.get("Content-Type").includes("json")) return [];
  return (await answer.json()).acts;
}

/** What the form did, in the words of its page: so it is called should the record lose it. */
function words(form, submitter) {
  const heading = document.querySelector("h1")?.textContent.trim();
  const title = form.elements.title?.value, does = shown(form) || submitter?.textContent.trim();
  return [heading, title, does].filter(Boolean).join(" · ");
}

async function seals(form, submitter, signer) {
  const texts = await prepared(form, new FormData(form, submitter));
  const spelled = await spelling();
  const acts = texts.map((text) => JSON.parse(text));
  if (!acts.length) return [];
  const why = acts.map((act, n) => amiss(act, texts[n], form, spelled)).find(Boolean) || leftOut(acts, form);
  if (why || (shown(form) && sentence(acts.find(isFirst(form)), form) !== shown(form))) throw new Differs(why);
  const others = acts.flatMap((act) => unsaid(act, form));
  if (others.length) await (await import("./read_again.js")).readAgain(others, acts, form);
  return sealAll(signer, acts, words(form, submitter));
}

/** The form goes off as its button would send it, with these fields beside. */
function send(form, submitter, fields) {
  for (const old of form.querySelectorAll("[data-beside]")) old.remove();
  for (const [name, value] of Object.entries(fields)) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    field.dataset.beside = "";
    form.append(field);
  }
  HTMLFormElement.prototype.submit.call(form);
}

function say(form, why) {
  const trouble = document.getElementById("not-sealed");
  for (const line of trouble.querySelectorAll("[data-why]")) line.hidden = line.dataset.why !== why;
  form.prepend(trouble);
  trouble.hidden = false;
  trouble.focus();
}

function whyNot(error) {
  if ([Differs, Unseen, SpellingError].some((kind) => error instanceof kind)) return "differs";
  if (error instanceof Keyless) return "keyless";
  if (error instanceof NotSealed) return "refused";
  return error.name === "NotAllowedError" ? "passkey" : "late"; // a passkey did not answer
}

/** Whether nobody is signed in here any more: then the form goes off, and the page that comes says so. */
const isSignedOut = async () =>
  (await fetch(here.keys, { method: "HEAD", redirect: "manual" }).catch(() => null))?.type === "opaqueredirect";

async function sent(event) {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !form.dataset.seals) return;
  event.preventDefault();
  if (working.has(form)) return; // pressed twice
  working.add(form);
  const pressed = submitter?.name ? { [submitter.name]: submitter.value } : {};
  let signer = null;
  try {
    signer = told.has(form) && !here.bound ? held() : await atHand();
    if (!signer && !told.has(form) && (here.bound || wasHeld())) throw new Keyless();
    const made = signer ? await seals(form, submitter, signer) : [];
    send(form, submitter, signer ? { ...pressed, sealed: JSON.stringify(made) } : pressed);
  } catch (error) {
    working.delete(form);
    if (signer) letGo(signer.key);
    if (error.name === "Unwanted") return;
    if (error instanceof OtherHistory) return location.reload(); // which shows the evidence
    const why = whyNot(error);
    if (["late", "keyless"].includes(why) && (await isSignedOut())) return send(form, submitter, pressed);
    told.add(form);
    say(form, why);
  }
}

document.addEventListener("submit", sent);
dispatchEvent(new Event("sealing")); // what was pressed before (early.js)
if (["has", "passkey"].includes(await found))
  for (const form of document.querySelectorAll("form[data-seals]")) show(form, here.person, chosen);
addEventListener("pageshow", () => (working = new WeakSet())); // who comes back can press again

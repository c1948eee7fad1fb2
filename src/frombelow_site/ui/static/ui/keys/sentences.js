// What the record will say of an act, made of the act's own fields. The sentences of each kind come with the form.
import { numberOfDay } from "./holds.js";
import { tongue } from "../figures.js";

const places = new WeakMap();

/** The sentence for this act; "" where there is none, or the page has no words for something in it. */
export function sentence(act, form) {
  if (!act) return "";
  const sentences = JSON.parse(form.dataset.seals)[act.kind];
  // Some kinds are told by what somebody chose, some by whether they chose at all.
  const variant = Object.entries(act).filter(([, value]) => value)
    .flatMap(([name, value]) => [String(value), ...(form.elements[name] ? [name] : [])])
    .find((each) => Object.hasOwn(sentences, each));
  const told = sentences[variant ?? ""].replace(/^\{(by|person)\} /, "");
  let whole = true;
  const said = told.replace(/\{(\w+)\}/g, (_, name) => {
    const words = inWords(name, act[name] ?? act[asActsCall(name, form)], form);
    whole &&= Boolean(words);
    return words;
  });
  return whole ? said : "";
}

/** The field of acts that the form asks for by this control. */
const asActsCall = (control, form) =>
  Object.entries(JSON.parse(form.dataset.called ?? "{}")).find(([, name]) => name === control)?.[0];

/** How the form calls this value of the field with this name. */
function inWords(name, value, form) {
  for (const one of form.elements)
    if (one.name === name && one.type === "radio" && one.value === value)
      return one.labels[0].textContent.trim().toLocaleLowerCase(document.documentElement.lang);
  const list = form.elements[name];
  if (list?.type === "date") return String(numberOfDay(list)) === String(value) ? dayInWords(list.value) : "";
  const option = list?.type === "select-one" && [...list.options].find((each) => each.value === value);
  return option ? option.textContent.trim() : "";
}

/** A day that was chosen, as pages write it. */
const dayInWords = (chosen) =>
  new Date(`${chosen}T00:00Z`).toLocaleDateString(tongue(), { dateStyle: "long", timeZone: "UTC" });

/** Whether an act is of the kind of which the form's sentence tells. */
export const isFirst = (form) => (act) => act.kind === Object.keys(JSON.parse(form.dataset.seals))[0];

/** The sentence that stands beside the form's button. */
export const shown = (form) => places.get(form)?.dataset.sentence ?? "";

/** It stands there, and follows what is chosen. */
export function show(form, person, chosen) {
  if (places.has(form)) return;
  const kinds = Object.keys(JSON.parse(form.dataset.seals));
  const template = document.getElementById("what-is-sealed");
  const place = template.content.firstElementChild.cloneNode(true);
  const button = form.querySelector("button:not([type=button])");
  (button.closest("p") ?? button).before(place);
  places.set(form, place);
  const draw = () => {
    const act = { kind: kinds[0], by: person, ...Object.fromEntries(chosen(form)) };
    const said = sentence(act, form);
    place.dataset.sentence = said;
    place.querySelector("[data-said]").textContent = said;
    place.hidden = !said;
  };
  form.addEventListener("change", draw);
  draw();
}

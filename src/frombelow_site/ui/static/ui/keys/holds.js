// What a form holds, field by field: what was typed, chosen and drawn in it, where it leads, and what its page says that it
// hands in beside. An act that was put together elsewhere is looked at against it before it is sealed.
import { asCommitted } from "./drawing.js";
import { here } from "./here.js";

const FIRST_DAY = 719_163; // the number of 1 January 1970 among the days since 1 January of the year 1
const DAY = 86_400_000; // milliseconds

/** It stands in an act, and neither in the form nor on its page. */
export class Unseen extends Error {}

const controls = (form) => [...form.elements].filter((one) =>
  one.name && one.type !== "file" && one.type !== "submit" && (!["radio", "checkbox"].includes(one.type) || one.checked));

/** The day that was chosen, as acts spell it. */
export const numberOfDay = (one) => Math.floor(Date.parse(one.value) / DAY) + FIRST_DAY;

/** The values of a control, as acts spell them: a day is its number; of a text of several lines each line and each word
 *  can be one. */
function valuesOf(one) {
  if (one.type === "date") return one.value ? [String(numberOfDay(one))] : [];
  if (one.type === "select-multiple") return [...one.selectedOptions].map(({ value }) => value);
  const text = asCommitted(one.value);
  return one.type === "textarea" ? [text, ...text.split(/\s+/)] : [one.value, text];
}

/** Each text and number in this value, with the names that lead to it. */
export function leaves(value, path = "") {
  if (Array.isArray(value)) return value.flatMap((each) => leaves(each, path));
  if (value && typeof value === "object")
    return Object.entries(value).flatMap(([name, each]) => leaves(each, path ? `${path}.${name}` : name));
  return value === null || value === "" ? [] : [[path, value]];
}
const said = ({ kind, by, ...rest }) => leaves(rest);

/** What the page says of the form, by the names of the acts' fields: values, and names of controls. */
const told = (form, what) => JSON.parse(form.dataset[what] ?? "{}");

/** What was said one after the other, by the place of an act in which it stands so: the values of the controls that name
 *  it, in their order, each word of a text of several lines by itself. */
function inOrder(form) {
  const found = {};
  for (const one of controls(form).filter(({ dataset }) => dataset.sequence))
    (found[one.dataset.sequence] ??= []).push(...(one.type === "textarea" ? one.value.match(/\S+/g) ?? [] : [one.value]));
  return found;
}

/** Whether a value of an act stands in this place of it, or in a part of what stands there. */
const within = (path, place) => path === place || path.startsWith(`${place}.`);

/** The values that can stand in this place of an act. */
function held(form, path) {
  for (const [place, values] of Object.entries(inOrder(form))) if (within(path, place)) return values;
  const drawn = ["drawn-id", "drawn-commitment"].map((name) => form.elements[name]?.value).filter(Boolean);
  if (path === "under") return here.mandates;
  if (path === "effects.do") return [form.dataset.does];
  const [first] = path.split("."), last = path.split(".").at(-1);
  const name = told(form, "called")[path] ?? (form.elements[last] ? last : first);
  if (form.elements[name]) return [...drawn, ...controls(form).filter((one) => one.name === name).flatMap(valuesOf)];
  const beside = told(form, "holds")[last];
  return [...drawn, ...(beside ?? new URL(form.action).pathname.split("/").map(decodeURIComponent))];
}

/** What stands in the act and not in the form: texts of a name that the page puts together, for somebody to read. Throws
 *  Unseen for anything else, but for marks of a name that the page cannot show. */
export function unsaid(act, form) {
  const [blind, composes] = ["blind", "composes"].map((which) => (form.dataset[which] ?? "").split(" "));
  const whole = form.dataset.whole;
  if (whole && JSON.stringify(act[whole] ?? []) !== JSON.stringify(told(form, "holds")[whole])) throw new Unseen(whole);
  for (const [path, values] of Object.entries(inOrder(form))) {
    const stands = said(act).filter(([where]) => within(where, path)).map(([, value]) => String(value));
    if (JSON.stringify(stands) !== JSON.stringify(values)) throw new Unseen(path);
  }
  return said(act).flatMap(([path, value]) => {
    const last = path.split(".").at(-1);
    if (composes.includes(last)) return asCommitted(form.elements[last]?.value ?? "") === value ? [] : [String(value)];
    if (held(form, path).map(String).includes(String(value)) || blind.includes(last)) return [];
    throw new Unseen(path);
  });
}

/** Whether somebody chose in this control. Of a form that is put together to a text, what was left as it was is not. */
function chose(one) {
  if (!one.value) return false;
  if (one.type === "radio") return true;
  if (one.type === "checkbox") return one.value !== "on";
  const changed = one.type === "select-one" ? !one.selectedOptions[0]?.defaultSelected : one.value !== one.defaultValue;
  return ["select-one", "number", "date"].includes(one.type) && (changed || !one.form.dataset.composes);
}

/** What was chosen, a number or a day, or what the page says that the form holds, and stands in none of the acts; or that there are more of them than the form can
 *  lead to. "" where neither is so. What only goes with the form, and is no part of an act, is marked so. */
export function leftOut(acts, form) {
  const spelled = acts.map((act) => JSON.stringify(act)), inActs = acts.flatMap((act) => said(act).map(([, one]) => one));
  if (new Set(spelled).size < acts.length || (acts.length > 1 && !("many" in form.dataset))) return "acts";
  const places = acts.flatMap((act) => said(act).map(([path]) => path.split(".").at(-1)));
  const can = (form.dataset.may ?? "").split(" ");
  const gone = Object.entries(told(form, "holds"))
    .find(([name, values]) => values.length && !places.includes(name) && !can.includes(name));
  if (gone) return gone[0];
  const texts = inActs.map(String), composed = "composes" in form.dataset;
  const missing = controls(form).find((one) => chose(one) && !("unsealed" in one.dataset)
    && !valuesOf(one).some((value) => texts.some((text) => text === value || (composed && text.includes(value)))));
  return missing?.name ?? "";
}

// What a form holds: what was typed, chosen and drawn in it, where it leads, and what the page says of it beside. An act
// that was put together elsewhere is looked at against it before it is sealed.
import { asCommitted } from "./drawing.js";
import { here } from "./here.js";

const FIRST_DAY = 719_163; // the number of 1 January 1970 among the days since 1 January of the year 1
const DAY = 86_400_000; // milliseconds

/** It stands in an act, and neither in the form nor on its page. */
export class Unseen extends Error {}

const controls = (form) => [...form.elements].filter((one) =>
  one.name && one.type !== "file" && one.type !== "submit" && (!["radio", "checkbox"].includes(one.type) || one.checked));

/** The values of a control, as acts spell them: a day is its number. */
function valuesOf(one) {
  if (one.type === "date") return one.value ? [String(Math.floor(Date.parse(one.value) / DAY) + FIRST_DAY)] : [];
  return one.type === "select-multiple" ? [...one.selectedOptions].map(({ value }) => value) : [one.value];
}

/** Each text and number in this value, with the name of its field. */
export function leaves(value, name = "") {
  if (Array.isArray(value)) return value.flatMap((each) => leaves(each, name));
  if (value && typeof value === "object") return Object.entries(value).flatMap(([key, each]) => leaves(each, key));
  return value === null || value === "" ? [] : [[name, value]];
}
const said = ({ kind, by, ...rest }) => leaves(rest);

/** The parts of the address to which the form goes, and what its page says that it hands in beside. */
function beside(form) {
  const parts = new URL(form.action).pathname.split("/").map(decodeURIComponent);
  const { holds = "[]", does = "" } = form.dataset;
  return new Set([...parts, ...JSON.parse(holds), does, here.person, ...here.mandates]);
}

/** The texts in a control: the whole, and of many lines each, and each word of those. */
function textsIn(one) {
  const text = asCommitted(one.value), lines = text.split("\n").map((line) => line.trim());
  return one.type === "textarea" ? [text, ...lines, ...text.split(/\s+/)] : [one.value, text, ...valuesOf(one)];
}

/** What stands in the act and not in the form: texts of a name that the page puts together, for somebody to read. Throws
 *  Unseen for anything else, but for marks of a name that the page cannot show. */
export function unsaid(act, form) {
  const page = beside(form), all = controls(form);
  const [blind, composes] = ["blind", "composes"].map((which) => (form.dataset[which] ?? "").split(" "));
  const texts = new Set([...page, ...all.flatMap(textsIn)]);
  const held = (text) => texts.has(text) || text.split("\n").every((line) => texts.has(line.trim()) || !line.trim());
  return said(act).flatMap(([name, value]) => {
    if (typeof value === "string" && held(value)) return [];
    const named = all.filter((one) => one.name === name).flatMap(valuesOf);
    if (typeof value === "number" && (named.length ? named : [...page]).map(Number).includes(value)) return [];
    if (blind.includes(name)) return [];
    if (!composes.includes(name)) throw new Unseen(name);
    return [String(value)];
  });
}

/** Whether somebody chose in this control. Of a form that is put together to a text, what was left as it was is not. */
function chose(one) {
  if (one.type === "radio") return true;
  if (one.type === "checkbox") return one.value !== "on";
  const changed = one.type === "select-one" ? !one.selectedOptions[0]?.defaultSelected : one.value !== one.defaultValue;
  return ["select-one", "number", "date"].includes(one.type) && (changed || !one.form.dataset.composes);
}

/** What was chosen, a number or a day, and stands in none of the acts; "" where all do. What only goes with the form, and
 *  is no part of an act, is marked so. */
export function leftOut(acts, form) {
  const inActs = new Set(acts.flatMap((act) => said(act).map(([, value]) => String(value))));
  const texts = [...inActs];
  const missing = controls(form).find((one) => chose(one) && !("beside" in one.dataset)
    && !valuesOf(one).every((value) => !value || inActs.has(value) || texts.some((text) => text.includes(value))));
  return missing?.name ?? "";
}

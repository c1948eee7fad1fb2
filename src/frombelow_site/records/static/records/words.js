// Before anything on this page is answered: are its words those that the record commits to, in the entries that made
// what it is about? The entries come with a proof under a checkpoint that continues what this browser remembers. Where
// they are not, nothing can be pressed. What cannot be fetched is no evidence of anything.
import { commit } from "../ui/keys/drawing.js";
import { memory } from "./memory.js";
import { included, receipt } from "./receipts.js";
import { continues } from "./continues.js";
import { key, open, read } from "./verify.js";

const { record, vkey } = document.getElementById("remembered").dataset;
const said = JSON.parse(document.getElementById("committed").textContent);
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
// The acts that commit to words of each kind, and in which of their fields.
const COMMITS = {
  motion: { "motion.move": "text", "recall.petition": "text" },
  ruling: { "motion.rule-out": "reason" },
  reply: { "motion.reply": "text" },
};
const plain = (text) => text.replace(/\s+/g, " ").trim();

async function ask(path) {
  const answer = await fetch(record + path, { cache: "no-store", redirect: "error" });
  if (!answer.ok) throw new Error("it did not come");
  return new TextDecoder("utf-8", { fatal: true }).decode(await answer.arrayBuffer());
}

/** The act of this entry, if it is in a record that continues the remembered one; else null. */
async function proven(index, kept) {
  const found = receipt(await ask(`entry/${index}/receipt`));
  const head = await open(found.note, await key(kept?.vkey ?? vkey));
  if (found.index !== index || !(await included(found.entry, index, head, found.proof))) return null;
  const old = kept && read(kept.note);
  if (old) {
    const [less, more] = old.size <= head.size ? [old, head] : [head, old]; // a receipt can be older than what is kept
    const { proof } = JSON.parse(await ask(`consistency/${less.size}/${more.size}`));
    if (!(await continues(less, more, proof))) return null;
  }
  return JSON.parse(new TextDecoder().decode(found.entry)).act;
}

/** Whether what is shown is what this entry commits to. */
async function fits({ index, of, about, salt, words, shown }, kept) {
  const act = await proven(index, kept);
  const field = COMMITS[of][act?.kind];
  if (!field || act.motion !== about || act[field] !== (await commit(bytes(salt), words))) return false;
  if (Object.values(shown).join("\n\n") !== words) return false;
  return Object.entries(shown).every(([place, text]) => {
    const here = document.querySelector(`[data-committed="${place}"]`);
    return here ? plain(here.textContent) === plain(text) : place === "heading"; // which the title of the page may hold
  });
}

async function look() {
  const kept = await (await memory()).get("head");
  const all = await Promise.all(said.map((each) => fits(each, kept)));
  if (all.every(Boolean)) return;
  document.getElementById("other-words").hidden = false;
  for (const button of document.querySelectorAll("main form button")) button.disabled = true;
}

look().catch(() => {});

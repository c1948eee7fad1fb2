// Entries that are lost for good, as an entry of the record says: looked for where the record is not what this browser
// remembers, proven, and shown once.
import { figure } from "../ui/figures.js";
import { evidence } from "./cover.js";
import { included, receipt } from "./receipts.js";
import { continues } from "./continues.js";
import { key, open, read } from "./verify.js";

/** The loss that explains why the old head is not in the record that the fresh note signs; null where none does: one
 *  that was known with the old head happened before it. */
export async function explained(ask, { why, old: kept, losses: known = [], fresh }, vkey) {
  if (why === "key") return null;
  const old = read(kept);
  for await (const { from, said } of losses(ask, fresh, vkey))
    if (!known.includes(`${from}:${said.held}`) && covers(from, said, old)) return { from, to: said.held - 1 };
  return null;
}

/** Whether the record that the fresh note signs says that the entry in this receipt is lost: by a loss that was not known
 *  yet as the receipt was kept. */
export async function isLost(ask, { receipt: text, losses: known = [] }, fresh, vkey) {
  const { index, note } = receipt(text);
  const lost = await explained(ask, { why: "gone", old: note, losses: known, fresh }, vkey);
  return lost !== null && lost.from <= index;
}

/** Each loss that is proven, the latest first. */
async function* losses(ask, fresh, vkey) {
  const by = await key(vkey), head = await open(fresh, by);
  for (const { entry } of JSON.parse(await ask("losses")).losses.reverse()) {
    const said = await proven(ask, entry, head, by);
    if (said) yield { from: entry, said };
  }
}

/** Whether this head was of a history that ended with what is lost. */
function covers(entry, said, old) {
  const root = said.root.replaceAll("-", "+").replaceAll("_", "/") + "=";
  return entry < old.size && old.size <= said.held && (old.size < said.held || old.root === root);
}

/** The sealed act of this entry, if it stands in the record of this head and says that entries are lost; else null. */
async function proven(ask, index, head, by) {
  const found = receipt(await ask(`entry/${index}/receipt`));
  const under = await open(found.note, by);
  if (found.index !== index || !(await included(found.entry, index, under, found.proof))) return null;
  const [less, more] = under.size < head.size ? [under, head] : [head, under];
  const { proof } = JSON.parse(await ask(`consistency/${less.size}/${more.size}`));
  if (!(await continues(less, more, proof))) return null;
  const { act, seal } = JSON.parse(new TextDecoder().decode(found.entry));
  return act.kind === "server.resume" && seal ? act : null;
}

/** The page is covered by the words for it, once: who has read them goes on, and both notes are kept for good. */
export async function show(store, fork, vkey) {
  for (const under of document.body.children) under.hidden = true;
  document.body.append(document.getElementById("entries-lost").content.cloneNode(true));
  const page = document.getElementById("lost-for-good");
  page.querySelector("[data-from]").textContent = figure(fork.lost.from);
  page.querySelector("[data-to]").textContent = figure(fork.lost.to);
  page.querySelector("a[data-entry]").href += `entry/${fork.lost.from}/`;
  page.querySelector("a[data-mine]").search = `?by=${document.getElementById("keys-here").dataset.person}`;
  page.querySelector("a[download]").href = URL.createObjectURL(new Blob([evidence(fork)]));
  document.title = page.querySelector("h1").textContent;
  let gone;
  const goOn = () => (gone ??= accept(store, fork, vkey));
  page.querySelector("[data-go-on]").onclick = () => goOn().then(() => location.reload());
  const acts = await import("../ui/keys/own_acts.js");
  await acts.mark(fork.lost);
  await acts.show(page.querySelector("#lost-acts"), goOn);
}

/** Both notes are evidence from now on, and the record goes on from the fresh one. */
async function accept(store, fork, vkey) {
  await store.put("evidence", [...((await store.get("evidence")) ?? []), fork]);
  const losses = [...(fork.losses ?? []), `${fork.lost.from}:${fork.lost.to + 1}`];
  await store.put("head", { note: fork.fresh, vkey, checked: 0, misses: 0, losses });
  await store.put("fork", null);
  await (await import("../ui/keys/kept.js")).drop("sealed"); // what a key sealed before may be among what is lost
}

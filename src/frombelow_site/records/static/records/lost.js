// Entries that are lost for good, as an entry of the record says: looked for where the record is not what this browser
// remembers, proven, and shown once.
import { evidence } from "./cover.js";
import { included, receipt } from "./receipts.js";
import { continues, key, open, read } from "./verify.js";

/** The loss that explains why the old head is not in the record that the fresh note signs; null where none does. */
export async function explained(ask, { why, old: kept, fresh }, vkey) {
  if (why === "key") return null;
  const by = await key(vkey), old = read(kept), head = await open(fresh, by);
  for (const each of JSON.parse(await ask("losses")).losses.reverse()) {
    const said = await proven(ask, each.entry, head, by);
    if (said && covers(each.entry, said, old)) return { from: each.entry, to: said.held - 1 };
  }
  return null;
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
export function show(store, fork, vkey) {
  for (const under of document.body.children) under.hidden = true;
  document.body.append(document.getElementById("entries-lost").content.cloneNode(true));
  const page = document.getElementById("lost-for-good");
  const number = (n) => n.toLocaleString(document.documentElement.lang);
  page.querySelector("[data-from]").textContent = number(fork.lost.from);
  page.querySelector("[data-to]").textContent = number(fork.lost.to);
  page.querySelector("a[data-entry]").href += `entry/${fork.lost.from}/`;
  page.querySelector("a[data-mine]").search = `?by=${document.getElementById("keys-here").dataset.person}`;
  page.querySelector("a[download]").href = URL.createObjectURL(new Blob([evidence(fork)]));
  document.title = page.querySelector("h1").textContent;
  page.querySelector("button").onclick = async () => {
    await store.put("evidence", [...((await store.get("evidence")) ?? []), fork]);
    await store.put("head", { note: fork.fresh, vkey, checked: 0, misses: 0 });
    await store.put("fork", null);
    location.reload();
  };
}

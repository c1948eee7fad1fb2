// At each visit: are the person's keys those that this device knows? A key that it has not seen, also one that came and
// went, and one that ended are said once; one that the server tells of no more, until its person has read it. Its own is
// kept with the receipt of the entry that bound it: where the server does not know the key any more, the page is covered
// until the member has taken that receipt, which any program that reads C2SP tlog-proof checks.
import { here } from "./here.js";
import { get, put } from "./kept.js";

/** The receipt is kept as soon as the record has this browser's key, with the losses that were known by then. */
async function keepReceipt(kept) {
  const answer = await fetch(`${here.record}entry/${here.bindings[kept.key]}/receipt`, { redirect: "error" });
  if (!answer.ok) return;
  const { known, memory } = await import("../../records/memory.js");
  const losses = known(await memory().then((store) => store.get("head")).catch(() => null));
  await put("key", { ...(await get("key")), receipt: await answer.text(), losses });
}

/** Covers the page where this browser's key is gone; whether it did. */
async function cover(kept) {
  const now = await ask("checkpoint");
  for (const under of document.body.children) under.hidden = true;
  document.body.append(document.getElementById("key-gone").content.cloneNode(true));
  const page = document.getElementById("gone");
  document.title = page.querySelector("h1").textContent;
  const file = page.querySelector("a[download]"), said = page.querySelector("button");
  file.href = URL.createObjectURL(new Blob([kept.receipt, "\n", now]));
  file.onclick = () => {
    said.parentNode.hidden = false;
  };
  said.onclick = async () => {
    await put("gone", [...((await get("gone")) ?? []), { receipt: kept.receipt, now, at: Date.now() }]);
    await put("key", null);
    location.reload();
  };
}

async function ask(path) {
  const answer = await fetch(here.record + path, { cache: "no-store", redirect: "error" });
  return answer.ok ? answer.text() : "";
}

/** Whether the record says that the entry which bound this key is lost: then the key can be bound again. */
async function wasLost(kept) {
  const { isLost } = await import("../../records/lost.js");
  return isLost(ask, kept, await ask("checkpoint"), here.vkey).catch(() => false);
}

/** What this device knows is compared with what the server tells. */
export async function watch() {
  const kept = await get("key");
  const all = [...here.live, ...here.ended];
  if (kept?.receipt && !all.includes(kept.key))
    return (await wasLost(kept)) ? put("key", { ...kept, bound: false, receipt: undefined }) : cover(kept);
  if (kept && !kept.receipt && here.live.includes(kept.key)) await keepReceipt(kept);
  const acts = (await get("acts")) ?? [];
  if (acts.some((each) => !("index" in each))) await (await import("./own_acts.js")).look();
  const known = await get("known");
  const [told, live] = [(await get("told")) ?? [], (await get("live")) ?? []]; // by the record, at the visits before
  await Promise.all([
    put("known", [...new Set([...(known ?? []), ...all])]), put("told", [...new Set([...told, ...all])]),
    put("live", here.live),
  ]);
  tell("new-key", known && all.some((key) => !known.includes(key) && key !== kept?.key));
  tell("ended-key", live.some((key) => here.ended.includes(key)));
  tell("hidden-key", told.some((key) => !all.includes(key)));
  document.querySelector("#hidden-key button").onclick = async () => {
    await put("told", all);
    tell("hidden-key", false);
  };
}

function tell(which, so) {
  document.getElementById(which).hidden = !so;
}

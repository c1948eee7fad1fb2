// What a seal covers: the record's latest checkpoint, once it is shown that it continues what this browser remembers.
import { known, memory } from "../../records/memory.js";
import { continues } from "../../records/continues.js";
import { key, open, read } from "../../records/verify.js";
import { here } from "./here.js";

/** The record does not continue what this browser remembers: nothing is sealed over it. */
export class OtherHistory extends Error {}

// Where a browser lets pages keep nothing, what is sealed covers what the server shows: as at a first visit.
const NOTHING = { get: async () => null, put: async () => {} };
const memories = () => memory().catch(() => NOTHING);

/** What this browser remembers now. It is asked for before the server is: what it answers must be no older. */
export async function remembered() {
  const store = await memories();
  if (await store.get("fork")) throw new OtherHistory("there is evidence of another history");
  return (await store.get("head")) ?? null;
}

/** The size and the root of this checkpoint, which this browser remembers from now on. Throws OtherHistory. */
export async function anchor(kept, note) {
  const head = await open(note, await key(kept?.vkey ?? here.vkey)).catch(() => null);
  const { why, proof } = await compare(kept && read(kept.note), head, kept?.vkey ?? here.vkey);
  const store = await memories();
  if (why) {
    const changed = { why, old: kept.note, losses: kept.losses ?? [], fresh: note, proof, at: Date.now() };
    changed.lost = await (await import("../../records/lost.js")).explained(ask, changed, here.vkey).catch(() => null);
    await keep(store, "fork", changed);
    throw new OtherHistory(why);
  }
  const latest = await store.get("head"); // another tab may have seen more meanwhile
  if (!latest || read(latest.note).size < head.size)
    await keep(store, "head", { note, vkey: here.vkey, misses: 0, checked: Date.now(), losses: known(latest) });
  return head;
}

async function ask(path) {
  const answer = await fetch(here.record + path, { cache: "no-store", redirect: "error" });
  return answer.ok ? answer.text() : null;
}

/** It is kept where there is room; where there is none, what was kept before stays. */
async function keep(store, name, value) {
  try {
    await store.put(name, value);
  } catch {
    // The next head is compared with the older one then.
  }
}

/** What is wrong ("" for nothing), and the proof that came. Throws where none came: that is evidence of nothing. */
async function compare(old, head, vkey) {
  const proof = [];
  if (!head || vkey !== here.vkey) {
    if (!old) throw new Error("this checkpoint is not signed by the record’s key");
    return { why: "key", proof };
  }
  if (!old || (old.size === head.size && old.root === head.root)) return { why: "", proof };
  if (head.size < old.size) return { why: "shorter", proof };
  if (head.size === old.size) return { why: "other", proof };
  const between = `${here.record}consistency/${old.size}/${head.size}`;
  const answer = await fetch(between, { cache: "no-store", redirect: "error" });
  proof.push(...(await answer.json()).proof);
  return { why: (await continues(old, head, proof)) ? "" : "other", proof };
}

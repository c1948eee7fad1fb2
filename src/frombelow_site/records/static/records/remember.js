// At each visit, at most once a minute: does the record continue what this browser remembers?
// If not, the page is covered until the member says that they kept both notes.
import { figure } from "../ui/figures.js";
import { known, memory } from "./memory.js";
import { key, open, read } from "./verify.js";

const MINUTE = 60_000;
const MISSES = 3; // checks in a row at which a head came, and no proof
const part = document.getElementById("remembered");
const { record, vkey } = part.dataset;

function say(what, head = { size: 0 }) {
  for (const line of part.children) line.hidden = line.dataset.say !== what;
  for (const place of part.querySelectorAll("[data-size]"))
    place.textContent = figure(head.size);
  part.hidden = false;
}

async function ask(path) {
  const answer = await fetch(record + path, { cache: "no-store", redirect: "error" });
  return answer.ok ? new TextDecoder("utf-8", { fatal: true }).decode(await answer.arrayBuffer()) : null;
}

async function visit() {
  const store = await memory();
  const fork = await store.get("fork");
  if (fork) return cover(store, fork);
  const kept = await store.get("head");
  const old = kept && read(kept.note);
  const by = await key(kept?.vkey ?? vkey);
  const good = by.ed25519 ? "kept" : "unsigned";
  if (kept && Math.abs(Date.now() - kept.checked) < MINUTE) return say(kept.misses ? "late" : good, old);
  const note = await ask("checkpoint");
  const remember = (note, key, misses) =>
    store.put("head", { note, vkey: key, misses, checked: Date.now(), losses: known(kept) });
  if (!kept) {
    const head = await open(note, by);
    await remember(note, vkey, 0);
    navigator.storage?.persist?.();
    return say(good, head);
  }
  const { compare } = await import("./continues.js");
  const found = await compare(ask, kept, note, vkey, by);
  const misses = found ? 0 : kept.misses + 1;
  const why = found ? found.why : misses < MISSES ? "" : "unproven";
  if (why) {
    const proof = found?.proof ?? [];
    const changed = { why, old: kept.note, losses: kept.losses ?? [], fresh: note, proof, at: Date.now() };
    changed.lost = await (await import("./lost.js")).explained(ask, changed, vkey).catch(() => null);
    await store.put("fork", changed);
    return cover(store, changed);
  }
  await remember(found ? note : kept.note, kept.vkey, misses);
  return found ? say(good, read(note)) : say("late", old);
}

/** The page is covered by the words for this. */
async function cover(store, fork) {
  if (fork.lost) return (await import("./lost.js")).show(store, fork, vkey);
  for (const under of document.body.children) under.hidden = true;
  document.body.append(document.getElementById("history-changed").content.cloneNode(true));
  const page = document.getElementById("changed");
  for (const line of page.querySelectorAll("[data-why]")) line.hidden = line.dataset.why !== fork.why;
  document.title = page.querySelector("h1").textContent;
  (await import("./cover.js")).offer(page, store, fork, vkey);
}

async function failed() {
  const kept = await (await memory()).get("head");
  say("late", read(kept.note));
}

const able = globalThis.crypto?.subtle ? visit().catch(failed) : Promise.reject();
able.catch(() => say("unable"));

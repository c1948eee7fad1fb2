// "Your keys": this browser gets a key, which another device of mine adds where I have keys; a passkey gets to seal.
import { atHand, passkeys } from "./at_hand.js";
import { here, post } from "./here.js";
import { inGroups } from "./groups.js";
import { drop, get, put } from "./kept.js";
import { done, press } from "./pressed.js";
import { show as showLost } from "./own_acts.js";
import { NotSealed } from "./sealing.js";
import { share, tell } from "./shared.js";
import { device, forgetDevice, makeDevice, newKey, passkey } from "./signers.js";
import { found } from "./visit.js";

const AGAIN = 4_000; // milliseconds between looks whether it was added
const QUARTER = 15 * 60_000;
const part = (name) => document.getElementById(name);

async function handed(path, key) {
  const answer = await post(path, key);
  if (answer.status !== 200) throw new NotSealed(answer);
}

/** This browser has a key that is bound to nobody yet. */
async function fresh() {
  const signer = await device();
  return signer && !here.live.includes(signer.key) && !here.ended.includes(signer.key) ? signer : makeDevice();
}

async function begin() {
  const signer = await fresh();
  const key = await newKey(signer);
  if (!here.live.length && !here.durable) return handed("bind/", key);
  const other = await atHand();
  if (other && other.key !== signer.key) {
    const added = await done(other, { kind: "key.add", key }).catch(notHere);
    if (added) return added;
  }
  await put("key", { ...(await get("key")), waiting: Date.now() });
  return handed("pair/", key);
}

/** A passkey that is not on this device, or that its owner did not give, is none: then another device adds the key. */
function notHere(error) {
  if (error.name !== "NotAllowedError") throw error;
  return null;
}

const ask = async () => handed("ask/", await newKey(await fresh()));

/** While a key waits for another device, both show the same of it. */
async function compare() {
  const others = [...document.querySelectorAll("[data-pair]")];
  if (others.length) (await import("../../keys/pairing.js")).tell(others, part("waits").dataset.list);
  const kept = await get("key").catch(() => null);
  if (!kept?.waiting || Date.now() - kept.waiting > QUARTER || here.live.includes(kept.key)) return;
  part("begin").parentNode.hidden = true; // pressed once more it changes nothing
  (await import("../../keys/pairing.js")).show(part("waits"), kept);
  setTimeout(() => location.reload(), AGAIN);
}

/** The ballot key that is kept here, if one is: whose it is by now, and its way out. */
async function tellBallot(place) {
  if (!(await get("ballot").catch(() => null))) return;
  const { forgetBallot, keptBallot } = await import("./kept_ballot.js");
  const key = await keptBallot().catch(() => null);
  const what = key ? (key.public === place.dataset.ballot ? "own" : "other") : "broken";
  for (const line of place.querySelectorAll("[data-kept]")) line.hidden = line.dataset.kept !== what;
  place.querySelector("button").onclick = () => press(forgetBallot);
  place.hidden = false;
}

async function offerPasskeys() {
  if (!globalThis.PublicKeyCredential || !part("passkey")) return;
  for (const one of (await passkeys()).filter((each) => !each.bound)) {
    const line = part("passkey").content.firstElementChild.cloneNode(true);
    line.querySelector("[data-name]").textContent = one.name;
    line.querySelector("button").onclick = () => press(async () => {
      const key = await newKey(passkey(one));
      const other = (await atHand({ durable: true })) ?? (await atHand());
      return other ? done(other, { kind: "key.add", key }) : handed("bind/", key);
    });
    part("passkey").before(line);
  }
}

/** The tick alone ends no key: that takes the button which it shows. */
function keepNoKey(box, ask) {
  const holds = ["has", "left"].includes(what);
  box.onchange = () => {
    ask.hidden = !(box.checked && holds);
    if (ask.hidden) share(box.checked);
    tell(ask.hidden ? (box.checked ? "yes" : "no") : "not yet");
    if (ask.hidden && !["blocked", "has"].includes(what)) press(() => drop("ballot"));
  };
  if (what === "left") box.onchange(); // it was said on another page, and one button is left
  ask.querySelector("button").onclick = () => press(async () => {
    await done(own, { kind: "key.end", key: own.key });
    await Promise.all([forgetDevice(), drop("ballot")]);
    share(true);
  });
}

part("begin").onclick = () => press(begin);
if (part("ask")) part("ask").onclick = () => press(ask);
const what = await found;
for (const place of document.querySelectorAll("[data-makes-key]"))
  place.hidden = !["none", "ended", "passkey"].includes(what);
const own = await device().catch(() => null);
for (const place of document.querySelectorAll("[data-key]")) place.hidden = place.dataset.key !== own?.key;
for (const place of document.querySelectorAll("[data-begins]")) place.textContent = own ? inGroups(own.key) : "";
keepNoKey(document.querySelector("[data-keep-no-key]"), part("no-key"));
await tellBallot(part("kept-ballot"));
await compare();
await showLost(part("lost-acts"));
await offerPasskeys();

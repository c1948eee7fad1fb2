// An act is sealed by a key and handed in. Its seal is the key's next, over a history that continues what this browser
// remembers, and good for two hours: what is not entered by then is not entered later without anybody's knowing.
import { anchor, remembered } from "./anchor.js";
import { agreed } from "./dates.js";
import { here, post } from "./here.js";
import { change, get } from "./kept.js";
import { actBytes, spellAct } from "./spelling.js";

// Answers are counted by vote. It is said here and not by the server, which could set any seal's number back by it.
const APART = { "vote.cast": "poll", "vote.paper": "poll" };
const GOOD_FOR = 2 * 3600; // seconds
const MOST = 500; // acts of a browser's key that are kept here
const LONGEST = 30_000; // milliseconds that a tab which neither hands in nor goes keeps the others waiting

/** Why nothing was sealed, or was not taken in; `said` is what the server answered. */
export class NotSealed extends Error {
  constructor(said) {
    super(said.why ?? "the server did not answer");
    this.said = said;
  }
}

let spelled;
/** How acts are spelled; asked for once a page. */
export const spelling = () =>
  (spelled ??= fetch(`${here.keys}spelling.json`, { redirect: "error" }).then((answer) => answer.json()));

const held = new Map(); // a key's id, to what lets other tabs seal with it

/** Nothing else seals with this key until `letGo`, or until this page is gone. */
async function hold(key) {
  await new Promise((mine) => {
    navigator.locks.request(`frombelow seal ${here.origin} ${key}`, () => {
      mine();
      return new Promise((release) => {
        held.set(key, release);
        setTimeout(release, LONGEST);
      });
    });
  });
}

/** Others, and other tabs, can seal with this key again. */
export function letGo(key) {
  held.get(key)?.();
  held.delete(key);
}

/** The acts as the record spells them, and this signer's next seals under them; acts are plain objects, and `said` is
 *  what their page says of them. Until they are handed in, nothing else seals with this key. Throws NotSealed, OtherHistory (anchor.js) and SpellingError. */
export async function sealAll(signer, acts, said = "") {
  const spelled = await spelling();
  const bytes = acts.map((act) => spellAct(act, spelled));
  const texts = bytes.map((each) => new TextDecoder().decode(each));
  await hold(signer.key);
  try {
    const kept = await remembered();
    const next = await post("next/", { key: signer.key, acts: texts });
    if (next.status !== 200) throw new NotSealed(next);
    await goesOn(signer.key, acts.map((act) => act[APART[act.kind]] ?? ""), next.n);
    const { size, root } = await anchor(kept, next.checkpoint);
    const covered = root.replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
    const until = (await agreed(next.at)) + GOOD_FOR;
    const made = [];
    for (const [place, n] of next.n.entries()) {
      const signed = actBytes(here.origin, signer.key, n, until, size, covered, bytes[place]);
      const seal = { key: signer.key, n, until, size, root: covered, ...(await signer.sign(signed)) };
      made.push({ act: texts[place], seal });
    }
    if (signer.kind === "device") await keep(made.map((each) => ({ ...each, said }))).catch(() => {});
    return made;
  } catch (error) {
    letGo(signer.key);
    throw error;
  }
}

/** These are the key's next seals, one after the other, and none is before one that it made here: so none can be entered
 *  after what was sealed later. Answers are counted by vote, everything else together: `with_` has the vote of each act,
 *  or "". Throws NotSealed. */
async function goesOn(key, with_, numbers) {
  const counts = with_.map((vote) => `${key} ${vote}`.trimEnd());
  const before = (await get("sealed").catch(() => null)) ?? {};
  const last = {};
  if (numbers.length !== counts.length) throw new NotSealed({});
  for (const [place, count] of counts.entries()) {
    const n = numbers[place];
    const due = count in last ? n === last[count] + 1 : n >= (before[count] ?? 0);
    if (!Number.isSafeInteger(n) || !due) throw new NotSealed({});
    last[count] = n;
  }
  await change("sealed", (made = {}) => ({ ...made, ...last })).catch(() => {});
}

/** What this browser's own key sealed is kept here: should the record lose it, it can be handed in again (own_acts.js). */
const keep = (made) => change("acts", (acts = []) => [...acts, ...made].slice(-MOST));

/** A key that ended here is no news at the next visit. */
async function endedHere({ kind, key }) {
  if (kind === "key.end") await change("live", (live = []) => live.filter((each) => each !== key)).catch(() => {});
}

/** One act, as `sealAll` does it: {act, seal}. */
export const seal = async (signer, act) => (await sealAll(signer, [act]))[0];

/** What `seal` made is in the record, with the values that the act commits to ({of, whose, value, salt}). Returns
 *  {index, entry, checkpoint}; throws NotSealed. */
export async function handIn({ act, seal }, values = []) {
  try {
    const answer = await post("act/", { act, seal, values });
    if (answer.status !== 200) throw new NotSealed(answer);
    await endedHere(JSON.parse(act));
    return answer;
  } finally {
    letGo(seal.key);
  }
}

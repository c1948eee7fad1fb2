// What this browser's key sealed: where it stands in the record, and handing it in again once the record lost it.
import { figure } from "../figures.js";
import { here, post } from "./here.js";
import { change, get } from "./kept.js";
import { handIn, NotSealed, seal } from "./sealing.js";
import { device } from "./signers.js";

const AT_ONCE = 50;
const kept = async () => (await get("acts")) ?? [];
/** Its place among these, or -1. */
const place = (act, among) => among.findIndex((each) => each.seal.signature === act.seal.signature);

/** What the server says of where these acts stand. */
async function standing(acts) {
  const told = [];
  for (let n = 0; n < acts.length; n += AT_ONCE) {
    const answer = await post("standing/", acts.slice(n, n + AT_ONCE).map(({ act, seal }) => ({ act, seal })));
    if (answer.status !== 200) throw new NotSealed(answer);
    told.push(...answer.acts);
  }
  return told;
}

/** Where each of what is kept stands is known. What never stood is forgotten once its seal is void, and at once what
 *  commits to words that are not its person's own: they are not kept here. */
export async function look() {
  const open = (await kept()).filter((each) => !("index" in each));
  const told = await standing(open);
  await change("acts", (acts) => acts.flatMap((each) => {
    const found = told[place(each, open)];
    if (!found) return [each];
    if (found.index === null) return each.seal.until * 1000 < Date.now() ? [] : [each];
    return found.values ? [{ ...each, ...found, said: each.said }] : []; // what it is called its own page said
  }));
}

/** Those that stood among entries which were lost, and stand nowhere now, are known as lost. */
export async function mark({ from, to }) {
  const among = (await kept()).filter(({ index, lost }) => !lost && from <= index && index <= to);
  const told = await standing(among);
  await change("acts", (acts = []) => acts.map((each) => {
    const found = told[place(each, among)];
    return found ? { ...each, index: found.index ?? each.index, lost: found.index === null } : each;
  }));
}

/** In this part of a page stands what was lost, with a button to hand it in again; `before` is done first. */
export async function show(part, before = async () => {}) {
  const acts = (await kept()).filter((each) => each.lost);
  if (!acts.length) return;
  const signer = await device();
  const able = Boolean(signer) && here.live.includes(signer.key);
  const lines = acts.map((act) => line(part, act));
  part.querySelector("ul").replaceChildren(...lines);
  part.querySelector("[data-no-key]").hidden = able;
  const button = part.querySelector("button");
  button.parentNode.hidden = !able;
  button.onclick = async () => {
    button.parentNode.hidden = true;
    await before();
    for (const [n, act] of acts.entries()) say(lines[n], await handInAgain(signer, act));
  };
  part.prepend(document.getElementById("which-date")); // which may be asked, and stands on what is covered
  part.hidden = false;
}

function line(part, act) {
  const made = part.querySelector("template").content.firstElementChild.cloneNode(true);
  made.querySelector("[data-said]").textContent = act.said || act.act;
  if (act.became) say(made, act.became);
  return made;
}

function say(line, { index, why }) {
  for (const each of line.querySelectorAll("[data-became]"))
    each.hidden = each.dataset.became !== (why === undefined ? "stands" : "refused");
  const link = line.querySelector("a");
  link.href = `${here.record}entry/${index}/`;
  for (const n of line.querySelectorAll("[data-index]"))
    n.textContent = index === undefined ? "" : figure(index);
  line.querySelector("[data-why]").textContent = why ?? "";
}

/** What became of it: its entry as `index`, or `why` it is not taken in. As it was first, then under a new seal: the old
 *  one has its day, and covers a history that may be gone. */
async function handInAgain(signer, act) {
  let became;
  try {
    const { index } = await handIn(act, act.values).catch(async (error) => {
      if (!(error instanceof NotSealed)) throw error;
      return handIn(await seal(signer, JSON.parse(act.act)), act.values);
    });
    became = { index };
  } catch (error) {
    became = { why: (error instanceof NotSealed && error.said.why) || String(error.message) };
  }
  await change("acts", (acts) => acts.flatMap((each) => {
    if (place(each, [act]) < 0) return [each];
    return became.why === undefined ? [] : [{ ...each, became }];
  }));
  return became;
}

// Draws once more, by the page on formats alone: reads a draw's file, prints what follows from it. Node, no packages.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const long = (number) => { const room = Buffer.alloc(8); room.writeBigUInt64BE(BigInt(number)); return room; };
const named = (name, ...parts) =>
  sha(...[Buffer.from(`frombelow/lots/${name}/1`), ...parts].flatMap((part) => [long(part.length), part]));

function spelled(value) {
  if (Array.isArray(value)) return `[${value.map(spelled).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${spelled(value[key])}`).join(",")}}`;
}
const bytes = (value) => Buffer.from(spelled(value));
const hex = (text) => Buffer.from(text, "hex");

function root(leaves) { // RFC 6962, from the top: the left part is the largest power of two that is smaller
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return sha(Buffer.from([0]), leaves[0]);
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return sha(Buffer.from([1]), root(leaves.slice(0, left)), root(leaves.slice(left)));
}

function chance(value) {
  return value.type === "drand"
    ? named("drand", hex(value.chain), long(value.round), hex(value.signature))
    : named("dice", bytes(value.shown));
}

function numberBelow(seed, many) {
  const all = 1n << 256n, bound = all - (all % BigInt(many));
  for (let turn = 0; ; turn++) {
    const drawn = BigInt(`0x${named("number", seed, long(turn)).toString("hex")}`);
    if (drawn < bound) return Number(drawn % BigInt(many));
  }
}

const draw = JSON.parse(readFileSync(process.argv[2], "utf8"));
const told = draw.specification;
const fixed = named("specification", bytes(told));
const listed = named("list", bytes(draw.list === null ? null : draw.list.panels));
const given = draw.closing.contributions.map((one) => [one.by, one.commitment, one.value]);
const closed = named("closing", bytes(given), bytes(draw.closing.checkpoint));
const seed = named("seed", fixed, listed, closed, chance(draw.second));
const places = draw.pool.map((_, person) => [named("place", seed, long(person)).toString("hex"), person]);
let order = places.sort().map(([, person]) => person);
const panel = new Set(
  draw.list === null ? order.slice(0, told.size) : draw.list.panels[numberBelow(named("panel", seed), told.panels)],
);
order = order.filter((person) => !panel.has(person));

const seats = [...panel]; // a seat that stays empty counts as whoever had it last
const kept = () => told.quotas.every((quota, number) => {
  const sum = seats.filter((person) => draw.pool[person].features.includes(number)).length;
  return quota.least <= sum && sum <= quota.most;
});
for (const { person, answer } of draw.answers) {
  if (answer === "accepted") continue;
  const seat = seats.findLastIndex((one) => one === person);
  panel.delete(person);
  const next = order.find((one) => { seats[seat] = one; return kept(); });
  if (next === undefined) { seats[seat] = person; continue; }
  panel.add(next);
  order = order.filter((one) => one !== next);
}

const first = named("first", fixed, draw.first === null ? Buffer.alloc(0) : chance(draw.first));
const turns = draw.pool.map((_, person) => [named("turn", first, long(person)).toString("hex"), person]);
console.log(JSON.stringify({
  specification: fixed.toString("hex"), list: listed.toString("hex"), closing: closed.toString("hex"),
  root: root(draw.pool.map(bytes)).toString("hex"), seed: seed.toString("hex"),
  panel: [...panel].sort((a, b) => a - b), reserves: order.slice(0, told.reserves),
  turns: turns.sort().map(([, person]) => person),
}));

// An entry with its proof (C2SP tlog-proof): that it is in a signed tree.
import { node } from "./continues.js";
import { decode, encode } from "./verify.js";

/** Whether these bytes are the entry with this index in the signed tree (RFC 6962, 2.1.1). */
export async function included(entry, index, head, proof) {
  let hash = encode(await crypto.subtle.digest("SHA-256", new Uint8Array([0, ...entry])));
  let last = head.size - 1;
  if (index > last) return false;
  for (const sibling of proof) {
    if (!last) return false;
    if (index % 2 || index === last) {
      hash = await node(sibling, hash);
      for (; index && index % 2 === 0; last = Math.floor(last / 2)) index /= 2;
    } else hash = await node(hash, sibling);
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  return !last && hash === head.root;
}

/** What a receipt with an entry in it claims (C2SP tlog-proof), nothing verified. Throws for anything that is none. */
export function receipt(text) {
  const gap = text.indexOf("\n\n");
  const [header, extra, index, ...proof] = text.slice(0, gap).split("\n");
  const place = /^index (0|[1-9]\d{0,14})$/.exec(index);
  if (gap < 0 || header !== "c2sp.org/tlog-proof@v1" || !extra.startsWith("extra ") || !place)
    throw new Error("no receipt");
  return { entry: decode(extra.slice(6)), index: Number(place[1]), proof, note: text.slice(gap + 2) };
}

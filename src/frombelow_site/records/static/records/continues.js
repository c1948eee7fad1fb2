// Whether one checkpoint continues another (RFC 6962, 2.1.2).
import { decode, encode, open, read } from "./verify.js";

const EMPTY = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

export const node = async (left, right) =>
  encode(await crypto.subtle.digest("SHA-256", new Uint8Array([1, ...decode(left), ...decode(right)])));

/** Whether the new tree begins with exactly the old one's entries. */
export async function continues(old, head, proof) {
  if (proof.some((hash) => decode(hash).length !== 32) || head.size < old.size) return false;
  if (!old.size || old.size === head.size) return !proof.length && old.root === (old.size ? head.root : EMPTY);
  // From the largest perfect subtree that the old tree ends with, up to both roots.
  let span = 1, index = old.size;
  for (; index % 2 === 0; span *= 2) index /= 2;
  index -= 1;
  const path = [...proof];
  let left = index ? path.shift() : old.root;
  let whole = left;
  for (; left && span < head.size; span *= 2, index = Math.floor(index / 2)) {
    const odd = index % 2;
    if ((odd ? index - 1 : index + 1) * span >= head.size) continue;
    const sibling = path.shift();
    if (!sibling) return false;
    if (odd) left = await node(sibling, left);
    whole = odd ? await node(sibling, whole) : await node(whole, sibling);
  }
  return !path.length && left === old.root && whole === head.root;
}

/** What is wrong with this note beside the head that is kept ("" for nothing), and the proof that came; null where one
 *  was owed and none came. */
export async function compare(ask, kept, note, vkey, by) {
  const old = read(kept.note), claimed = read(note);
  const head = await open(note, by).catch(() => null);
  const wrong = (why) => ({ why, proof: [] });
  if (!head || vkey !== kept.vkey) return wrong("key");
  if (claimed.size < old.size) return wrong("shorter");
  if (claimed.size === old.size) return wrong(head.root === old.root ? "" : "other");
  const answer = await ask(`consistency/${old.size}/${head.size}`);
  try {
    const { proof } = JSON.parse(answer);
    return { why: (await continues(old, head, proof)) ? "" : "other", proof };
  } catch {
    return null;
  }
}

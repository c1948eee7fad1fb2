// A card is bound to who is signed in, and says that nothing stands in their name without a key of theirs.
import { here, post } from "../ui/keys/here.js";
import { handIn, NotSealed, seal } from "../ui/keys/sealing.js";
import { device, newKey } from "../ui/keys/signers.js";

// Refusals of a card that a lesser key adds: then it can be bound, or asked for, without one.
const BY_OTHERS = ["key-watched", "key-of-word", "durable-by-durable", "seal-ended", "seal-suspended"];

/** The card is its person's: sealed by this browser's key where that can, else on the server's word; or it waits. Says
 * which, and what of it in words. The record says of it where it was made at a table. Throws NotSealed. */
export async function bind(card, atTable = false) {
  const key = { ...(await newKey(card)), ...(atTable && { made: "table" }) };
  const signer = await device().catch(() => null);
  try {
    if (signer) {
      await handIn(await seal(signer, { kind: "key.add", by: here.person, key }));
      return { stands: true, said: "" };
    }
  } catch (error) {
    const otherwise = error.said?.status === 404 || BY_OTHERS.includes(error.said?.message);
    if (!(error instanceof NotSealed && otherwise)) throw error;
  }
  const answer = await post("card/bind/", key);
  if (answer.status !== 200) throw new NotSealed(answer);
  return answer;
}

/** Nothing stands in the person's name without a key of theirs; this card says so, and the page that it is done. */
export async function only(page, card) {
  await handIn(await seal(card, { kind: "key.only", by: here.person }));
  page.one("[data-offer]").hidden = true;
  page.say("only");
}

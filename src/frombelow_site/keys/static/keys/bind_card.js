// A card is bound to who is signed in, and says that nothing stands in their name without a key of theirs.
import { atHand } from "../ui/keys/at_hand.js";
import { here, post } from "../ui/keys/here.js";
import { handIn, NotSealed, seal } from "../ui/keys/sealing.js";
import { device, newKey } from "../ui/keys/signers.js";

// Refusals of a card that a lesser key adds: then it can be bound, or asked for, without one.
const BY_OTHERS = ["key-watched", "key-of-word", "durable-by-durable", "seal-ended", "seal-suspended"];

/** What adds a card: a key of theirs that lasts, if one is at hand and they give it; else this browser's. */
const adding = async () => (await atHand({ durable: true }).catch(() => null)) ?? device().catch(() => null);

/** The card is its person's: sealed by a key of theirs where that can, else on the server's word; or it waits. Says
 * which, and what of it in words. The record says of it where it was made at a table. Throws NotSealed. */
export async function bind(card, atTable = false) {
  const key = { ...(await newKey(card)), ...(atTable && { made: "table" }) };
  const signer = await adding();
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

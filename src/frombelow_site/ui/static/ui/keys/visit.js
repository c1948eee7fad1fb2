// At each visit: which key of who is signed in does this browser keep? Who never had one gets a light one without a
// question. What is found is said where a page has a place for it.
import { here, post } from "./here.js";
import { get, put } from "./kept.js";
import { isShared } from "./shared.js";
import { forgetDevice, makeDevice, newKey, signerOf } from "./signers.js";
import { watch } from "./watch.js";

/** Which key seals here: "has" for this browser's, "passkey"; or why none does: "unable", "shared", "left" for a shared
 *  one that still has a key of theirs, "blocked", "ended", "none". */
async function visit() {
  const what = await own();
  return what !== "has" && what !== "unable" && here.passkeys && globalThis.PublicKeyCredential ? "passkey" : what;
}

async function own() {
  if (!globalThis.crypto?.subtle) return "unable";
  try {
    const kept = await get("key");
    if (isShared()) {
      if (kept && here.live.includes(kept.key)) return "left";
      if (kept) await forgetDevice(); // it waited to be bound
      return "shared";
    }
    if (here.first) return await first();
    if (!kept) return "none";
    return here.ended.includes(kept.key) ? "ended" : here.live.includes(kept.key) ? "has" : "none";
  } catch {
    return "blocked";
  }
}

/** The first key of all is made and bound, once, however many tabs are open. */
function first() {
  return navigator.locks.request(`frombelow first ${here.origin} ${here.person}`, async () => {
    const kept = await get("key");
    if (kept?.bound) return "has";
    const signer = kept ? signerOf(kept) : await makeDevice();
    const answer = await post("bind/", await newKey(signer));
    if (answer.status !== 200) return "none";
    await put("key", { ...(await get("key")), bound: true });
    return "has";
  });
}

/** What `visit` found, for whoever stands on it. */
export const found = visit();

const what = await found;
document.getElementById("keys-here").dataset.found = what;
for (const line of document.querySelectorAll("[data-key-said]"))
  line.hidden = !line.dataset.keySaid.split(" ").includes(what);
if (what !== "has")
  import("./keyless.js").then(({ say }) => say(what), () => {}); // the page is left before it came
if (!["unable", "blocked"].includes(what)) await watch().catch(() => {}); // what cannot be looked at is looked at again

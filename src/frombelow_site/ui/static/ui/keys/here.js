// Whose page this is and of which record, and how its script asks the server about keys.
const said = document.getElementById("keys-here").dataset;
const { person, vkey, record, keys } = said;
const ids = (text) => text.split(" ").filter(Boolean);
const bindings = Object.fromEntries(ids(said.live).map((each) => each.split(":")));

/** `origin` is what the record is called, `vkey` its public key; `record` and `keys` are addresses. `live` and `ended`
 *  are the person's keys as the server tells them, `mandates` those that they hold, `bindings` the entries that bound the live ones; `first`: they never had one, and one may be made unasked; `bound`:
 *  nothing stands in their name without a key; `passkeys`: one of theirs is a passkey; `durable`: they have or
 *  had a key that lasts. */
export const here = {
  person, vkey, record, keys, origin: vkey.slice(0, vkey.indexOf("+")),
  live: Object.keys(bindings), bindings, ended: ids(said.ended), mandates: ids(said.mandates ?? ""),
  first: "first" in said, bound: "bound" in said, passkeys: "passkeys" in said, durable: "durable" in said,
};

/** The server's answer to what is posted there: its status as `status`, beside what it said. */
export async function post(path, said) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token, "Content-Type": "application/json" };
  const answer = await fetch(keys + path, { method: "POST", headers, body: JSON.stringify(said), redirect: "error" });
  return { ...(await answer.json()), status: answer.status };
}

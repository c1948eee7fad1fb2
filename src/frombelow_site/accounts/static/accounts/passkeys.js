// Passkeys: a form with data-options asks the server what to ask for, asks the device, and goes off with its answer.
// Without this script the form stays hidden, and the other ways are there.
import { challenge, signInBytes } from "../ui/keys/spelling.js";

const read = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const write = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// A server that could have a passkey sign whatever it sends would send an act's hash. So to sign in the hash of what
// begins with what it is for is signed; where a passkey is made, nothing is.
async function asked({ record, ...options }) {
  const signed = options.user ? read(options.challenge) : await challenge(signInBytes(record, options.challenge));
  const found = { ...options, challenge: signed };
  if (options.user) found.user = { ...options.user, id: read(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"])
    if (options[list]) found[list] = options[list].map((one) => ({ ...one, id: read(one.id) }));
  return found;
}

function answered(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[part]) response[part] = write(credential.response[part]);
  return { id: credential.id, rawId: write(credential.rawId), type: credential.type, response };
}

async function ask(form) {
  const reply = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
  if (!reply.ok) throw new Error(`the server said ${reply.status}`);
  const publicKey = await asked(await reply.json());
  const how = publicKey.user ? "create" : "get";
  return JSON.stringify(answered(await navigator.credentials[how]({ publicKey })));
}

for (const form of document.querySelectorAll("form[data-options]")) {
  if (!window.PublicKeyCredential) continue;
  const trouble = form.querySelector("[data-trouble]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      form.elements.answer.value = await ask(form);
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}

// Signed checkpoints (C2SP). Roots and hashes are base64.
const utf8 = (text) => new TextEncoder().encode(text);
export const encode = (data) => btoa(String.fromCharCode(...new Uint8Array(data)));

export function decode(text) {
  const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (encode(data) !== text) throw new Error("not canonical base64");
  return data;
}

/** What a note claims, nothing verified. Throws for anything that is no checkpoint. */
export function read(note) {
  const gap = note.lastIndexOf("\n\n");
  const text = note.slice(0, gap + 1);
  const [origin, size, root, ...rest] = text.split("\n");
  if (gap < 0 || rest.join() || rest.length !== 1 || !/^(0|[1-9]\d{0,14})$/.test(size) || decode(root).length !== 32)
    throw new Error("no checkpoint");
  return { origin, size: Number(size), root, text, signatures: note.slice(gap + 2) };
}

/** The public key in name+hex8+base64; `ed25519` is null where the browser has none. */
export async function key(vkey) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey);
  const [type, ...raw] = decode(encoded);
  if (type !== 1 || raw.length !== 32) throw new Error("no key for notes");
  const importing = crypto.subtle.importKey("raw", new Uint8Array(raw), { name: "Ed25519" }, false, ["verify"]);
  return { name, id, ed25519: await importing.catch(() => null) };
}

/** The checkpoint in a note that this key signed, of the record with the key's name. Throws for any other. */
export async function open(note, by) {
  const head = read(note);
  let signed = !by.ed25519;
  for (const line of head.signatures.split("\n")) {
    const [, name, encoded] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
    const data = name === by.name ? decode(encoded) : [];
    if ([...data.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("") !== by.id) continue;
    if (by.ed25519 && !(await crypto.subtle.verify("Ed25519", by.ed25519, data.slice(4), utf8(head.text))))
      throw new Error("the signature does not fit");
    signed = true;
  }
  if (!signed || head.origin !== by.name) throw new Error("not signed by this key");
  return head;
}

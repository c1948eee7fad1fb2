// The history was changed: both notes, the file with them, and the member's word that it was kept and shown.
const length = (text) => new TextEncoder().encode(text).length;

/** Both notes in one file, as frombelow.record reads it. */
export function evidence({ old, fresh, proof }) {
  const framed = [old, fresh].map((note) => `${length(note)}\n${note}`).join("");
  return `frombelow-fork/1\n${proof.map((hash) => hash + "\n").join("")}\n${framed}`;
}

export function offer(page, store, fork, vkey) {
  page.querySelector("[data-old]").textContent = fork.old;
  page.querySelector("[data-fresh]").textContent = fork.fresh;
  const file = page.querySelector("a[download]"), said = page.querySelector("button");
  file.href = URL.createObjectURL(new Blob([evidence(fork)]));
  said.parentNode.hidden = !fork.downloaded;
  file.onclick = async () => {
    await store.put("fork", { ...fork, downloaded: true });
    said.parentNode.hidden = false;
  };
  said.onclick = async () => {
    await store.put("evidence", [...((await store.get("evidence")) ?? []), fork]);
    await store.put("head", { note: fork.fresh, vkey, checked: 0, misses: 0 });
    await store.put("fork", null);
    location.reload();
  };
}

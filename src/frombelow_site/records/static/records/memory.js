// What this browser keeps of the record: "head", an open "fork", the "evidence" of those before. With a head goes which
// losses the record told of by then: none of them explains why a later record does not continue it.
const done = (request) =>
  new Promise((good, bad) => {
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
  });

/** The losses that the record tells of, or told of when this head was kept: the entry of each, and how many were held. */
export function known(kept) {
  const told = document.getElementById("remembered").dataset.losses.split(" ").filter(Boolean);
  return [...new Set([...(kept?.losses ?? []), ...told])];
}

export async function memory() {
  const opening = indexedDB.open("frombelow-record", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  const database = await done(opening);
  const store = (mode) => database.transaction("kept", mode).objectStore("kept");
  return {
    get: (name) => done(store("readonly").get(name)),
    put: (name, value) => done(store("readwrite").put(value, name)),
  };
}

// What this browser keeps of the record: "head", an open "fork", the "evidence" of those before.
const done = (request) =>
  new Promise((good, bad) => {
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
  });

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

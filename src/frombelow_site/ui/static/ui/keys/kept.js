// What this browser keeps for keys, apart for each record and person: one browser can serve two people, and two
// organizations at one address. Nothing here can be read out as a secret: keys in it are not extractable.
import { here } from "./here.js";

const done = (request) =>
  new Promise((good, bad) => {
    request.onsuccess = () => good(request.result);
    request.onerror = request.onblocked = () => bad(request.error ?? new Error("another page holds what is kept"));
  });

async function store(mode) {
  const opening = indexedDB.open("frombelow-keys", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  return (await done(opening)).transaction("kept", mode).objectStore("kept");
}

const place = (name) => [here.origin, here.person, name];

/** What is kept under this name for who is signed in; undefined where nothing is. */
export const get = async (name) => done((await store("readonly")).get(place(name)));

/** It is kept, also when the browser is closed. Throws where there is no room, or where nothing can be kept. */
export async function put(name, value) {
  const into = await store("readwrite");
  into.put(value, place(name));
  await new Promise((good, bad) => {
    into.transaction.oncomplete = good;
    into.transaction.onabort = () => bad(into.transaction.error);
  });
}

/** What is kept under this name is what this makes of it: one tab after the other. */
export const change = async (name, make) =>
  navigator.locks.request(`frombelow ${place(name)}`, async () => put(name, make(await get(name))));

/** Nothing is kept under this name. */
export const drop = async (name) => done((await store("readwrite")).delete(place(name)));

// "Keep no key here": said once for a whole browser, on the page that signs in or on "Your keys".
const NAME = "frombelow-keep-no-key";

/** Whether this is a shared computer, on which no key is kept. */
export function isShared() {
  try {
    return localStorage.getItem(NAME) !== null;
  } catch {
    return false; // it keeps nothing at all, so no key either
  }
}

/** From now on it is one, or is none. */
export function share(yes) {
  if (yes) localStorage.setItem(NAME, "");
  else localStorage.removeItem(NAME);
}

/** What the tick did is said beside it: "yes", "no", or "not yet". */
export function tell(did) {
  for (const line of document.querySelectorAll("[data-shares]")) line.hidden = line.dataset.shares !== did;
}

for (const box of globalThis.document?.querySelectorAll("input[data-keep-no-key]") ?? []) {
  box.checked = isShared();
  if (box.checked) tell("yes");
  box.onchange = () => {
    share(box.checked);
    tell(box.checked ? "yes" : "no");
  };
  box.closest("[hidden]").hidden = false;
}

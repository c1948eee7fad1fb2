// A round as drand publishes it, pasted or read of a file: the field holds its signature alone, which is what is sealed.
// What is another round, or another chain's, stays as it is, and the page says so. Without this script it is pasted.
const field = document.querySelector("textarea[data-round]");
const file = document.querySelector("input[data-round-file]");

/** The signature in the text, where it is the round that was fixed; else the text. */
function signatureIn(text) {
  try {
    const told = JSON.parse(text);
    return String(told.round) === field.dataset.round && told.signature?.length === 96 ? told.signature : text;
  } catch {
    return text;
  }
}

field?.addEventListener("input", () => {
  if (field.value.trim().startsWith("{")) field.value = signatureIn(field.value);
});
file?.addEventListener("change", async () => {
  const chosen = file.files[0];
  if (chosen) field.value = signatureIn(await chosen.slice(0, 10_000).text());
});
if (file) file.closest("[hidden]").hidden = false;

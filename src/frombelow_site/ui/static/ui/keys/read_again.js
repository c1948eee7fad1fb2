// The window in which who acts reads, before it is sealed, what the page put together from what they wrote: a change of rules
// as it is before and after, made from the act's own text, and folded under it that text as it is spelled.

/** Who acts read it once more, and did not want it so. */
class Unwanted extends Error {
  name = "Unwanted";
}

/** Each change of rules in these acts: its text, the articles that it strikes out, those that it leaves out. */
const changesIn = (acts) => acts.flatMap((act) => [act, ...(act.effects ?? [])]).filter((each) => "articles" in each);

/** The changes in words, and whether these are all that the texts say. Throws where they cannot be put into words. */
async function inWords(texts, acts, form) {
  const { changes } = await import("../../rules/before_and_after.js");
  const asked = new URL(form.dataset.rules, location.href);
  const branch = acts.find((act) => act.branch)?.branch;
  if (branch) asked.searchParams.set("branch", branch);
  const told = await (await fetch(asked, { redirect: "error" })).json();
  const said = changesIn(acts), made = said.map((each) => changes(each, told));
  const covered = said.flatMap(({ articles, repeal = [] }) => [articles, ...repeal]);
  const plain = made.every((each) => each.plain) && texts.every((text) => covered.includes(text));
  return { found: made.flatMap((each) => each.found), plain, language: told.language };
}

/** What the form led to, but does not hold as it will stand, was read and wanted. Throws Unwanted. */
export async function readAgain(texts, acts, form) {
  document.getElementById("read-again")?.remove();
  document.querySelector("main").append(document.getElementById("reading-again").content.cloneNode(true));
  const page = document.getElementById("read-again");
  const lines = texts.map((text) => Object.assign(document.createElement("pre"), { textContent: text, tabIndex: 0 }));
  page.querySelector("[data-texts]").replaceChildren(...lines);
  const said = await inWords(texts, acts, form).catch(() => ({ found: [], plain: false }));
  if (said.found.length) (await import("../../rules/before_and_after.js")).show(page, said.found, said.language);
  page.querySelector("details").open = !said.plain;
  page.querySelector("[data-unsaid]").hidden = said.plain;
  page.showModal();
  await new Promise((closed) => page.addEventListener("close", closed, { once: true }));
  if (page.returnValue !== "seal") throw new Unwanted();
}

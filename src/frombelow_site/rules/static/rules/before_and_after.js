// A change of rules as people read it: each article before and after, with what it sets in words. What it becomes is read
// from the act that is to be sealed; what stands now, and the words, come from the server.
import { inWords } from "./aloud.js";
import { Otherwise, read } from "./spelled.js";

const PLACE = /\{(\w+)\}/g;
const WORDS = ["number", "title", "text", "topics", "drops"];

/** The article as it would be. Throws Otherwise for what cannot be told. */
function changed(before, said, sorts) {
  const settings = { ...before?.settings };
  for (const key of said.get("drops") ?? []) delete settings[key];
  for (const [key, value] of said) if (!WORDS.includes(key)) settings[key] = value;
  const title = said.get("title") ?? before?.title, text = said.get("text") ?? before?.text;
  if ([title, text].some((words) => typeof words !== "string")) throw new Otherwise("words");
  if (Object.keys(settings).some((key) => !Object.hasOwn(sorts, key))) throw new Otherwise("setting");
  return { title, text: text.trim(), settings };
}

function sentence({ text, settings }, told) {
  return text.replace(PLACE, (_, key) => {
    if (!Object.hasOwn(settings, key)) throw new Otherwise("place");
    return inWords(settings[key], told.sorts[key], told);
  });
}

/** What of the article is put differently: what it is, before, after. */
function rows(before, after, told) {
  const readers = { ...told, ...told.readers };
  const say = (article, key) =>
    Object.hasOwn(article?.settings ?? {}, key) ? inWords(article.settings[key], told.sorts[key], readers) : "–";
  const keys = new Set([...Object.keys(before?.settings ?? {}), ...Object.keys(after?.settings ?? {})]);
  return [...keys].map((key) => [told.names[key], say(before, key), say(after, key)])
    .filter(([, was, is]) => was !== is);
}

/** Each article that this change names: {number, title, was, is, rows}; `was` and `is` are its words, or null where it is
 *  not there. `plain` says whether that is all that the change says. Throws Otherwise. */
export function changes({ articles, repeal = [], without = [] }, told) {
  const tables = read(articles);
  const numbers = [...tables.map((each) => each.get("number")), ...repeal];
  if (numbers.some((number) => typeof number !== "string") || new Set(numbers).size < numbers.length)
    throw new Otherwise("number");
  const found = tables.map((said) => one(said.get("number"), said, told));
  for (const number of repeal) found.push(one(number, null, told));
  return { found, plain: !without.length && !tables.some((said) => said.has("topics")) };
}

function one(number, said, told) {
  const before = Object.hasOwn(told.articles, number) ? told.articles[number] : null;
  if (!said && !before) throw new Otherwise("repeal");
  const after = said && changed(before, said, told.sorts);
  return {
    number,
    title: (after ?? before).title,
    called: before && after && before.title !== after.title ? before.title : "",
    was: before && sentence(before, told),
    is: after && sentence(after, told),
    rows: rows(before, after, told),
  };
}

/** The changes stand in this page, which is made of its templates. */
export function show(page, found, language) {
  const place = page.querySelector("[data-changes]");
  const [whole, row] = ["change", "row"].map((name) => page.querySelector(`template[data-${name}]`).content);
  place.replaceChildren(...found.map((change) => {
    const shown = whole.cloneNode(true);
    const put = (name, text) => (shown.querySelector(`[data-${name}]`).textContent = text);
    put("number", change.number);
    put("title", change.title);
    for (const [name, words] of [["before", change.was], ["after", change.is]]) {
      const said = shown.querySelector(`[data-${name}]`);
      if (words === null) continue; // what stands there says so
      said.textContent = words;
      said.lang = language;
    }
    const named = change.called ? [[null, change.called, change.title]] : [];
    for (const [name, was, is] of [...named, ...change.rows]) {
      const line = row.cloneNode(true);
      if (name !== null) line.querySelector("dt").textContent = name;
      for (const [which, words] of [["was", was], ["is", is]]) line.querySelector(`[data-${which}]`).textContent = words;
      shown.querySelector("dl").append(line);
    }
    return shown;
  }));
}

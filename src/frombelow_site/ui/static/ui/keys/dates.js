// By which date a seal is made. Where this device and the server are more than an hour apart, whoever acts says which of
// them is right: the words and the two buttons are in the page.
import { tongue } from "../figures.js";

const APART = 3600; // seconds
const question = document.getElementById("which-date");
const told = (seconds) =>
  new Date(seconds * 1000).toLocaleString(tongue(), { dateStyle: "full", timeStyle: "short" });

/** The second to seal by, where the server says that it is `at` now. */
export async function agreed(at) {
  const mine = Math.floor(Date.now() / 1000);
  return Math.abs(mine - at) <= APART || (await chosen(mine, at)) === "mine" ? mine : at;
}

function chosen(mine, at) {
  question.querySelector("[data-date=mine]").textContent = told(mine);
  question.querySelector("[data-date=theirs]").textContent = told(at);
  question.hidden = false;
  question.querySelector("button").focus();
  return new Promise((choose) => {
    for (const button of question.querySelectorAll("button"))
      button.onclick = () => {
        question.hidden = true;
        choose(button.value);
      };
  });
}

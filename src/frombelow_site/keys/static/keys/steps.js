// A page that goes from step to step by its script: one part of it is shown, and the keyboard is in its heading.
import { OtherHistory } from "../ui/keys/anchor.js";
import { Unseen } from "../ui/keys/holds.js";
import { NotSealed } from "../ui/keys/sealing.js";

/** `page` holds parts by the name of their step, sentences by what they say, and buttons by what they do. */
export function steps(page) {
  const all = (selector) => page.querySelectorAll(selector);
  return {
    one: (selector) => page.querySelector(selector),
    all,
    show(step) {
      for (const part of all("[data-step]")) part.hidden = part.dataset.step !== step;
      this.say();
      const part = page.querySelector(`[data-step="${step}"]`);
      (part.querySelector("h2") ?? part).focus();
    },
    /** This sentence, with what it names, and none of the others. */
    say(what, named = "") {
      for (const sentence of all("[data-say]")) {
        sentence.hidden = sentence.dataset.say !== what;
        const place = sentence.querySelector("[data-named]");
        if (place && !sentence.hidden) place.textContent = named;
        if (sentence.hidden) continue;
        if (document.activeElement === document.body) sentence.focus({ preventScroll: true }); // its button is gone
        sentence.scrollIntoView({ block: "nearest", behavior: "instant" });
      }
    },
    /** What is done where a button is pressed; pressed twice it is done once, and what fails is said. */
    on(name, act) {
      for (const button of all(`[data-do="${name}"]`)) button.onclick = () => this.once(button, act);
    },
    async once(button, act) {
      if (button.ariaDisabled) return;
      button.ariaDisabled = "true";
      this.say();
      await act(button).catch((error) => this.say(...why(error)));
      button.ariaDisabled = null;
    },
  };
}

function why(error) {
  if (error instanceof NotSealed) return ["refused", error.said.why];
  if (error instanceof Unseen) return ["differs"];
  return [error instanceof OtherHistory ? "history" : "unreached"];
}

/** Whether this browser can make the keys of a card. */
export async function able() {
  const known = (name, uses) => crypto.subtle.generateKey({ name }, false, uses);
  return Promise.all([known("Ed25519", ["sign"]), known("X25519", ["deriveBits"])]).then(() => true, () => false);
}

const PAUSE = 800; // milliseconds within which two presses are one that was too quick

/** Whether this button's work is to be done: where it is for good (data-sure), the first press asks for a second, which
 *  is one only after a moment. */
export function sure(button) {
  if (!button.dataset.sure) return true;
  if (button.dataset.asked) return Date.now() - button.dataset.asked > PAUSE;
  button.dataset.asked = Date.now();
  button.textContent = button.dataset.sure;
  return false;
}

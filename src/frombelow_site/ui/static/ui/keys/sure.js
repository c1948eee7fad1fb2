/** Whether this button's work is to be done: where it is for good (data-sure), the first press asks for a second. */
export function sure(button) {
  if (!button.dataset.sure || "asked" in button.dataset) return true;
  button.dataset.asked = "";
  button.textContent = button.dataset.sure;
  return false;
}

// A form that is pressed before the scripts that seal it are there waits for them. Where they do not come it goes off as
// it does in a browser that runs none. This one is no module: it is there before anything on the page can be pressed.
{
  const LONGEST = 15_000; // milliseconds
  let pressed = null;

  const wait = (event) => {
    if (!event.target.dataset.seals) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed ??= event;
    event.target.setAttribute("aria-busy", "true");
  };

  const goOn = () => {
    removeEventListener("submit", wait, true);
    const { target: form, submitter } = pressed ?? {};
    pressed = null;
    form?.removeAttribute("aria-busy");
    form?.requestSubmit(submitter);
  };

  addEventListener("submit", wait, true);
  addEventListener("sealing", goOn, { once: true });
  setTimeout(goOn, LONGEST);
}

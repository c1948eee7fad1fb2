// While something goes on, what stands in [data-again] is asked for anew every two seconds. When the page that comes
// holds no such place any more, it is over, and the page is opened afresh. Without this script there is a link.
const EVERY = 2000;

async function again() {
  const here = document.querySelector("[data-again]");
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-again]");
      if (!fresh) return location.reload();
      here.replaceChildren(...fresh.childNodes);
    } else return location.reload();
  } catch {
    // The network went away; it may be there in two seconds.
  }
  setTimeout(again, EVERY);
}

setTimeout(again, EVERY);

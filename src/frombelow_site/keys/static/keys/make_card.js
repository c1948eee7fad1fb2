// “Make my card”: it is drawn, and bound to who is signed in.
import { bind, only } from "./bind_card.js";
import { drawing, page } from "./drawing_card.js";

let card = null;

page.on("only", () => only(page, card));
await drawing(async (made) => {
  const became = await bind(made, page.one("#at-table").checked);
  card = made;
  page.one("[data-said]").textContent = became.said;
  page.one("[data-at-table]").hidden = !page.one("#at-table").checked;
  page.show(became.stands ? "bound" : "waits");
});
addEventListener("pagehide", () => (card = null));

// A text as a QR code that any camera reads: a picture of black squares with the white around it.
import encodeQR from "../vendored/qr/index.js";

const SVG = "http://www.w3.org/2000/svg";

/** The picture. `label` is what it is called where nobody sees it. */
export function picture(text, label) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 4 });
  const dark = rows.flatMap((row, y) => row.flatMap((black, x) => (black ? [`M${x} ${y}h1v1h-1z`] : [])));
  const drawn = part("svg", { viewBox: `0 0 ${rows.length} ${rows.length}`, role: "img", "aria-label": label });
  drawn.append(
    part("rect", { width: rows.length, height: rows.length, fill: "#fff" }),
    part("path", { d: dark.join(""), fill: "#000", "shape-rendering": "crispEdges" }),
  );
  return drawn;
}

function part(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

// On the record's page: evidence of a changed history that this browser keeps can be taken again.
import { tongue } from "../ui/figures.js";
import { evidence } from "./cover.js";
import { memory } from "./memory.js";

const place = document.getElementById("kept-evidence");
for (const fork of (await (await memory()).get("evidence")) ?? []) {
  const link = document.createElement("a");
  link.textContent = new Date(fork.at).toLocaleString(tongue());
  link.href = URL.createObjectURL(new Blob([evidence(fork)]));
  link.download = "changed-history.txt";
  const line = document.createElement("li");
  line.append(link);
  place.querySelector("ul").append(line);
  place.hidden = false;
}

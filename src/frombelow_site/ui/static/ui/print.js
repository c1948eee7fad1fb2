// A page that is there to be printed has a button for it, where a script can print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.onclick = () => print();
  button.hidden = false;
}

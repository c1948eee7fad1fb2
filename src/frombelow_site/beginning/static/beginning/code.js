// The address that the server printed carries the founding code behind its #, which no request sends: it stands in the
// field, and in the address no more.
const field = document.querySelector("input[name=code]");
const code = decodeURIComponent(location.hash.slice(1));
if (field && !field.value && /^[0-9A-Z-]{12,14}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}

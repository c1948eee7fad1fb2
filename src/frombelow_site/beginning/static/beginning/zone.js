// The browser's own time zone stands in the field, where nobody wrote one yet.
const zone = document.querySelector("input[name=zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !zone.value && own && own.includes("/")) zone.value = own;

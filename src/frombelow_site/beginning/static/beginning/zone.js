// The browser's own time zone stands in the field as its city, where nobody wrote one yet.
const zone = document.querySelector("input[name=zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const offered = [...document.querySelectorAll("#zones option")].find(({dataset}) => dataset.zone === own);
if (zone && !zone.value && offered) zone.value = offered.value;

// What two people, or two devices, compare of a key: the first 80 bits of its id, which follow from the key.
export const inGroups = (key) => key.slice(0, 16).match(/.{4}/g).join(" ");

for (const place of document.querySelectorAll("[data-groups]")) place.textContent = inGroups(place.dataset.groups);

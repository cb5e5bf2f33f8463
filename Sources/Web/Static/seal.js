// The seal on an act's page: fetches the act's proof and verifies it here.

import { Broken, show, verify } from "./verify.js";

for (const place of document.querySelectorAll("[data-test=seal]")) {
  const entry = place.dataset.entry;
  const proven = await show(place, place.dataset, async () => {
    const response = await fetch(`/record/acts/${entry}.tlog-proof`);
    if (!response.ok) throw new Error(String(response.status));
    const proven = await verify(await response.text(), place.dataset.key);
    if (String(proven.index) !== entry) throw new Broken("other-entry");
    return proven;
  });
  // What the page shows as the act's bytes is now what was verified, not what the server wrote there.
  if (proven) {
    const leaf = document.querySelector("[data-test=leaf]");
    if (leaf) leaf.textContent = proven.leafText;
    const payload = document.querySelector("[data-test=payload]");
    if (payload && proven.payloadText !== null) payload.textContent = proven.payloadText;
  }
}

// The seal on an act's page: fetches the act's proof and verifies it here.

import { Broken, show, verify, verifySignature } from "./verify.js";

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
    for (const row of document.querySelectorAll("[data-test=signature]")) await showSignature(row, proven, place.dataset.key);
    const leaf = document.querySelector("[data-test=leaf]");
    if (leaf) leaf.textContent = proven.leafText;
    const payload = document.querySelector("[data-test=payload]");
    if (payload && proven.payloadText !== null) payload.textContent = proven.payloadText;
  }
}

/** Verifies one signature of a verified act by the key that the act of enrolment, verified likewise, gives. */
async function showSignature(row, proven, logKey) {
  const verdict = row.querySelector("[data-signature-verdict]");
  const say = (state, text) => {
    verdict.className = `chip ${state}`;
    verdict.textContent = text;
    row.dataset.state = state;
  };
  try {
    const response = await fetch(`/record/acts/${row.dataset.keyEntry}.tlog-proof`);
    if (!response.ok) throw new Error(String(response.status));
    const enrolment = await verify(await response.text(), logKey);
    const { publicKey } = enrolment.payload ?? {};
    if (!publicKey || !enrolment.leaf.kind.startsWith("office.key-enrolled@")) throw new Broken("person", "enrolment");
    await verifySignature(proven.leaf, proven.leaf.signatures[Number(row.dataset.place)], publicKey);
    say("verified", verdict.dataset.holds);
  } catch (problem) {
    if (problem instanceof Broken) say("refused", verdict.dataset.fails);
    else say("", verdict.dataset.unable);
  }
}

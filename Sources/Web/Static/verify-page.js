// The page that verifies a proof file which the reader has. Nothing leaves the browser.

import { show, verify } from "./verify.js";

const form = document.getElementById("verify");
const result = document.getElementById("result");
const found = result.querySelector(".found");
const file = document.getElementById("file");

async function check() {
  found.hidden = true;
  if (!file.files.length) {
    file.focus();
    return;
  }
  const proven = await show(result, form.dataset, async () =>
    verify(await file.files[0].text(), document.getElementById("key").value)
  );
  if (!proven) return;
  found.querySelector(".leaf").textContent = JSON.stringify(proven.leaf, null, 2);
  found.querySelector(".payload").textContent = proven.payload === null ? form.dataset.stepNoPayload : JSON.stringify(proven.payload, null, 2);
  found.hidden = false;
}

document.getElementById("check").addEventListener("click", check);
file.addEventListener("change", check);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});

// Counts down to the instant an element names, in minutes and seconds, and hours where there are any; past it, says how long ago that was. The instant is the node's,
// and so is the clock: what this machine's own clock is off by is taken from the Date of an answer (RFC 9110, 6.6.1).

let offset = 0;
let isAsked = false;

async function ask() {
  isAsked = true;
  try {
    const before = Date.now();
    const answer = await fetch(import.meta.url, { method: "HEAD", cache: "no-store" });
    const after = Date.now();
    const told = Date.parse(answer.headers.get("Date"));
    // Its clock shows whole seconds: half of one is the best guess of the rest.
    if (!Number.isNaN(told)) offset = told + 500 - (before + after) / 2;
    // Half a second is as near as this comes: no machine that keeps time is corrected.
    if (Math.abs(offset) < 1500) offset = 0;
    tick();
  } catch {
    isAsked = false;
  }
}

const tick = () => {
  const elements = document.querySelectorAll("[data-until]");
  if (elements.length && !isAsked) ask();
  for (const element of elements) {
    const left = Math.round((Date.parse(element.dataset.until) - Date.now() - offset) / 1000);
    if (Number.isNaN(left)) continue;
    const size = Math.abs(left);
    const padded = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(size / 3600);
    const minutes = Math.floor(size / 60) % 60;
    element.textContent = `${left < 0 ? "−" : ""}${hours ? `${hours}:${padded(minutes)}` : minutes}:${padded(size % 60)}`;
  }
};

tick();
const timer = setInterval(tick, 1000);
addEventListener("pagehide", () => clearInterval(timer));

// Counts down to the instant an element names, in minutes and seconds; past it, says how long ago that was.

const tick = () => {
  for (const element of document.querySelectorAll("[data-until]")) {
    const left = Math.round((Date.parse(element.dataset.until) - Date.now()) / 1000);
    if (Number.isNaN(left)) continue;
    const size = Math.abs(left);
    element.textContent = `${left < 0 ? "−" : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
  }
};

tick();
const timer = setInterval(tick, 1000);
addEventListener("pagehide", () => clearInterval(timer));

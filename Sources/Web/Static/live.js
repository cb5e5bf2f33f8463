// Keeps an open page true to the record: when its dossier has a new act, the parts of the page that changed are replaced and
// marked for a moment, without moving what is being read; when the connection drops, the page says so.

const { dossier, about, position } = document.body.dataset;
const bar = document.getElementById("live");

if (dossier && position && bar && window.EventSource) {
  let seen = Number(position);
  let lost = false;
  let due = null;
  // When the page was last fetched, and whether it is being fetched just now, or has to be once more after that.
  let renewed = -Infinity;
  let renewing = false;
  let again = false;

  const say = (text, action) => {
    bar.replaceChildren();
    if (!text) return;
    const words = document.createElement("span");
    words.textContent = text;
    bar.append(words);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = bar.dataset.show;
      button.addEventListener("click", () => location.reload());
      bar.append(button);
    }
  };

  // A page on a part of the dossier hears of that part alone.
  const part = about ? `&about=${encodeURIComponent(about)}` : "";
  const source = new EventSource(`/live?dossier=${encodeURIComponent(dossier)}${part}&from=${seen}`);

  source.addEventListener("entry", (event) => {
    const entry = Number(event.lastEventId);
    if (entry < seen) return;
    seen = entry + 1;
    plan();
  });

  // A single act shows at once; of several that come close upon one another the page is fetched when they have.
  function plan() {
    if (renewing) {
      again = true;
      return;
    }
    clearTimeout(due);
    due = setTimeout(renew, performance.now() - renewed < 1000 ? 100 : 10);
  }

  source.addEventListener("error", () => {
    lost = true;
    say(bar.dataset.lost);
  });

  source.addEventListener("open", () => {
    if (!lost) return;
    lost = false;
    say(bar.dataset.back);
    setTimeout(() => bar.textContent === bar.dataset.back && say(""), 4000);
  });

  const writing = () => Boolean(document.activeElement?.closest("main form"));

  // A form's token is another each time the page is made; with the old one the form can still be sent.
  const content = (part) => part.outerHTML.replace(/name="request" value="[^"]*"/g, "");

  async function renew() {
    renewing = true;
    again = false;
    renewed = performance.now();
    await replace();
    renewing = false;
    if (again) plan();
  }

  async function replace() {
    let fresh = null;
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (response.ok) {
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        fresh = page.getElementById("main");
        const notices = page.getElementById("notices");
        if (notices) document.getElementById("notices")?.replaceWith(document.adoptNode(notices));
      }
    } catch {
      // The connection dropped; the source says so and comes back by itself.
    }
    const old = document.getElementById("main");
    const before = [...old.children];
    const after = fresh ? [...fresh.children] : [];
    const alike = before.length === after.length && before.every((part, i) => part.tagName === after[i].tagName);
    if (!alike || writing()) {
      bar.dataset.live = "changed";
      say(bar.dataset.changed, true);
      return;
    }
    const top = before.find((part) => part.getBoundingClientRect().bottom > 0);
    const place = top?.getBoundingClientRect().top ?? 0;
    let anchor = null;
    before.forEach((part, i) => {
      const kept = part === top ? i : null;
      if (content(part) !== content(after[i])) {
        const next = document.adoptNode(after[i]);
        part.replaceWith(next);
        next.dataset.live = "changed";
        setTimeout(() => delete next.dataset.live, 8000);
      }
      if (kept !== null) anchor = old.children[kept];
    });
    if (anchor) window.scrollBy(0, anchor.getBoundingClientRect().top - place);
  }

  addEventListener("pagehide", () => source.close());
}

// A delegation's side of a secret ballot: writes a paper, hides it, has it signed by the node unseen, takes the cover off, and puts it
// into the box without a name (RFC 9474, RSABSSA-SHA384-PSS-Deterministic, as docs/procedure.md tells). Nothing but the hidden paper
// leaves the machine before the box is open; then the paper goes without cookies. `chancery votes paper` does the same without a browser.

const bytesOf = (text) => new TextEncoder().encode(text);
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const toNumber = (bytes) => BigInt(`0x${toHex(bytes)}`);
const random = (size) => crypto.getRandomValues(new Uint8Array(size));

function toBytes(number, size) {
  const hex = number.toString(16).padStart(size * 2, "0");
  return Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
}

function power(base, exponent, modulus) {
  let result = 1n;
  for (let square = base % modulus; exponent > 0n; exponent >>= 1n, square = (square * square) % modulus) {
    if (exponent & 1n) result = (result * square) % modulus;
  }
  return result;
}

// The inverse by Euclid's algorithm; null where there is none.
function inverse(number, modulus) {
  let [a, b, x, y] = [number % modulus, modulus, 1n, 0n];
  while (b > 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return a === 1n ? ((x % modulus) + modulus) % modulus : null;
}

const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

// RFC 8017, appendix B.2.1.
async function mask(seed, size) {
  const blocks = [];
  for (let counter = 0; counter * 48 < size; counter++) {
    blocks.push(await digest(joined(seed, Uint8Array.of(0, 0, counter >> 8, counter & 255))));
  }
  return joined(...blocks).slice(0, size);
}

// RFC 8017, 9.1.1: EMSA-PSS with SHA-384 and a salt of 48 bytes.
async function encode(message, bits) {
  const size = Math.ceil(bits / 8);
  const salt = random(48);
  const hash = await digest(joined(new Uint8Array(8), await digest(message), salt));
  const block = joined(new Uint8Array(size - 48 - 48 - 2), Uint8Array.of(1), salt);
  const cover = await mask(hash, block.length);
  const masked = block.map((byte, place) => byte ^ cover[place]);
  masked[0] &= 0xff >> (8 * size - bits);
  return joined(masked, hash, Uint8Array.of(0xbc));
}

// The ballot's public key: 2048 to 4096 bits, and with the one exponent that the program makes keys with.
async function keyOf(published) {
  const key = await crypto.subtle.importKey("spki", fromBase64(published), { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
  const { n, e } = await crypto.subtle.exportKey("jwk", key);
  const plain = (text) => toNumber(fromBase64(text.replaceAll("-", "+").replaceAll("_", "/")));
  const [modulus, exponent] = [plain(n), plain(e)];
  const bits = modulus.toString(2).length;
  if (exponent !== 65537n || bits < 2048 || bits > 4096) throw new Error("key");
  return { key, modulus, exponent, bits, size: Math.ceil(bits / 8) };
}

// Canonical JSON (RFC 8785) of what is signed: names in order, no white space.
const messageOf = (scope, nonce, choices) =>
  bytesOf(
    JSON.stringify({
      ballot: "chancery/1", body: scope.body, choices, conference: scope.conference, decision: scope.decision, nonce, round: scope.round,
    }));

async function hide(published, scope, choices) {
  const { modulus, exponent, bits, size } = await keyOf(published);
  const nonce = toHex(random(32));
  const encoded = toNumber(await encode(messageOf(scope, nonce, choices), bits - 1));
  let factor = 0n;
  let cover = null;
  while (cover === null) {
    factor = toNumber(random(size + 16)) % modulus;
    cover = factor > 1n ? inverse(factor, modulus) : null;
  }
  const blinded = toBase64(toBytes((encoded * power(factor, exponent, modulus)) % modulus, size));
  return { nonce, choices, blinded, cover: cover.toString(16) };
}

// Takes the cover off; throws where the signature does not hold.
async function finish(published, scope, paper, signature) {
  const { key, modulus, size } = await keyOf(published);
  const bare = toBytes((toNumber(fromBase64(signature)) * BigInt(`0x${paper.cover}`)) % modulus, size);
  const holds = await crypto.subtle.verify(
    { name: "RSA-PSS", saltLength: 48 }, key, bare, messageOf(scope, paper.nonce, paper.choices));
  if (!holds) throw new Error("signature");
  return toBase64(bare);
}

// The page: everything is worked out anew from it, since its parts are replaced while it is open.

const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
let busy = false;

function parts() {
  const section = document.querySelector("[data-ballot]");
  if (!section || !window.crypto?.subtle) return null;
  const { conference, body, decision, round, key, most, actor, stage, self } = section.dataset;
  const scope = { conference, body, decision, round: Number(round) };
  return {
    section, scope, published: key, most: Number(most), actor, stage, self, shelf: `ballot ${conference}/${body}/${decision}/${round}`,
    form: section.querySelector("[data-ballot-form]"), status: section.querySelector("[data-ballot-status]"),
    cast: section.querySelector("[data-ballot-cast]"), forget: section.querySelector("[data-ballot-forget]"),
  };
}

const kept = (page) => JSON.parse(localStorage.getItem(page.shelf) ?? "null");
const keep = (page, paper) => localStorage.setItem(page.shelf, JSON.stringify(paper));

function say(page, name, more = "") {
  const text = name ? page.status.dataset[name] + (more ? ` ${more}` : "") : "";
  if (page.status.textContent !== text) page.status.textContent = text;
}

async function reason(answer) {
  try {
    const problem = await answer.json();
    return problem.detail ?? problem.title ?? String(answer.status);
  } catch {
    return String(answer.status);
  }
}

// What the record has of this delegation's signed paper, where the answer to the first request was lost.
async function recovered(page, paper) {
  const answer = await fetch(page.self, { headers: { Accept: "application/json" } });
  const rounds = (await answer.json()).rounds ?? [];
  const round = rounds.find((one) => one.round === page.scope.round);
  return round?.signed.find((one) => one.blinded === paper.blinded)?.signature;
}

// One's own papers of every round that this machine keeps.
function markAll({ scope }) {
  const shelf = `ballot ${scope.conference}/${scope.body}/${scope.decision}/`;
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(shelf))) {
    const { nonce } = JSON.parse(localStorage.getItem(name));
    document.querySelector(`[data-nonce="${CSS.escape(nonce)}"]`)?.classList.add("own");
  }
}

async function show() {
  const page = parts();
  if (!page || busy) return;
  const paper = kept(page);
  const own = paper && document.querySelector(`[data-nonce="${CSS.escape(paper.nonce)}"]`);
  markAll(page);
  if (page.form) page.form.hidden = Boolean(paper?.signature);
  page.cast.hidden = !(paper?.signature && page.stage === "box" && !own);
  page.forget.hidden = !own;
  if (own) {
    say(page, "found", paper.nonce.slice(0, 16));
  } else if (page.stage === "counted" || page.stage === "closed") {
    say(page, paper?.signature ? "late" : "");
  } else if (paper?.signature) {
    say(page, page.stage === "box" ? "ready" : "waiting");
  } else if (!page.form) {
    if (!paper) {
      say(page, "other");
      return;
    }
    busy = true;
    try {
      const signature = await recovered(page, paper);
      if (signature) keep(page, { ...paper, signature: await finish(page.published, page.scope, paper, signature) });
      busy = false;
      if (signature) await show();
      else say(page, "other");
    } catch {
      say(page, "bad");
    } finally {
      busy = false;
    }
  }
}

async function write(page) {
  const choices = [...page.form.querySelectorAll("[name=choice]:checked")].map((box) => box.value);
  if (choices.length > page.most) return say(page, "many");
  busy = true;
  say(page, "signing");
  try {
    const paper = await hide(page.published, page.scope, choices);
    // Kept before it is sent: what was signed and is lost is a vote lost.
    keep(page, paper);
    const request = page.form.querySelector("[name=request]").value;
    const answer = await fetch(`${page.self}/paper`, {
      method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ request, blinded: paper.blinded }),
    });
    if (!answer.ok) {
      localStorage.removeItem(page.shelf);
      return say(page, "failed", await reason(answer));
    }
    const { signature } = await answer.json();
    keep(page, { ...paper, signature: await finish(page.published, page.scope, paper, signature) });
  } catch (error) {
    return say(page, ["key", "signature"].includes(error.message) ? "bad" : "failed", error.message);
  } finally {
    busy = false;
  }
  await show();
}

async function put(page) {
  const { nonce, choices, signature } = kept(page);
  busy = true;
  page.cast.hidden = true;
  say(page, "casting");
  // Everybody is told at once that the box is open: a wait of one's own keeps the papers from coming in the order of who was quick.
  await sleep(random(4).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 32 * 8000);
  try {
    const answer = await fetch(`${page.self}/box`, {
      method: "POST", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
      headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ nonce, choices, signature }),
    });
    if (!answer.ok) {
      page.cast.hidden = false;
      return say(page, "failed", await reason(answer));
    }
  } catch (error) {
    page.cast.hidden = false;
    return say(page, "failed", error.message);
  } finally {
    busy = false;
  }
  // The page follows the record by itself; what it then shows of the box says whether the paper is in it.
  await show();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-ballot-form]")) return;
  event.preventDefault();
  const page = parts();
  if (page && !busy) write(page);
});

document.addEventListener("click", (event) => {
  const page = parts();
  if (!page || busy) return;
  if (event.target.closest("[data-ballot-cast] button")) put(page);
  if (event.target.closest("[data-ballot-forget] button")) {
    localStorage.removeItem(page.shelf);
    page.forget.hidden = true;
    say(page, "");
  }
});

new MutationObserver(() => show()).observe(document.getElementById("main"), { childList: true });
show();

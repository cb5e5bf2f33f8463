// Verifies a .tlog-proof file in the reader's browser, as docs/protocol.md, section 8 says. It asks nobody: the file and a
// verifier key are all it needs. `verify` resolves to what was proven, or throws a `Broken` that names the step.

export class Broken extends Error {
  constructor(step, detail = "") {
    super(detail || step);
    this.step = step;
  }
}

const utf8 = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true });

function decode(text, step) {
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    if (btoa(String.fromCharCode(...bytes)) === text) return bytes;
  } catch {
    // Said below, together with other spellings of the same bytes.
  }
  throw new Broken(step, "base64");
}

const encode = (bytes) => btoa(String.fromCharCode(...bytes));
const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

function join(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));

/** A decimal number without leading zeros. */
function decimal(text, step) {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) throw new Broken(step, text);
  return Number(text);
}

/** RFC 8785. Acts hold whole numbers and strings only, which JSON.stringify writes as the standard asks. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(",")}}`;
}

/** Reads JSON that must be in canonical form, to the byte: then no name stands twice and nothing is lost. */
function parse(bytes, step) {
  let value;
  let text;
  try {
    text = strict.decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new Broken(step, "JSON");
  }
  if (canonical(value) !== text) throw new Broken(step, "RFC 8785");
  return value;
}

/** `NAME+HEX+BASE64` (C2SP signed-note). */
export async function readKey(text) {
  const [name, hex, ...rest] = text.trim().split("+");
  const data = decode(rest.join("+"), "signature");
  const identifier = (await sha256(utf8.encode(`${name}\n`), data)).slice(0, 4);
  const written = [...identifier].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!name || hex !== written || data[0] !== 1 || data.length !== 33) throw new Broken("signature", text);
  return { name, identifier, bytes: data.slice(1) };
}

/** Checks a checkpoint under the log's key, and gives its size, root and further signers. */
async function readCheckpoint(note, key) {
  const cut = note.lastIndexOf("\n\n");
  if (cut < 0 || !note.endsWith("\n")) throw new Broken("checkpoint");
  const body = note.slice(0, cut + 1);
  const lines = note.slice(cut + 2, -1).split("\n");
  const witnesses = [];
  let signature = null;
  for (const line of lines) {
    const parts = line.split(" ");
    if (parts.length !== 3 || parts[0] !== "\u2014" || !parts[1]) throw new Broken("checkpoint", line);
    const data = decode(parts[2], "checkpoint");
    if (data.length < 5) throw new Broken("checkpoint", line);
    if (parts[1] === key.name && equal(data.slice(0, 4), key.identifier)) {
      if (signature) throw new Broken("checkpoint", line);
      signature = data.slice(4);
    } else if (parts[1] !== key.name) {
      // The log's own lines by other keys are no witnesses'.
      witnesses.push(parts[1]);
    }
  }
  const [origin, size, root, ...more] = body.slice(0, -1).split("\n");
  if (root === undefined || more.includes("")) throw new Broken("checkpoint");
  if (origin !== key.name) throw new Broken("origin", origin);
  if (!signature) throw new Broken("signature");
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key.bytes, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    throw new Broken("no-ed25519");
  }
  if (!(await crypto.subtle.verify("Ed25519", imported, signature, utf8.encode(body)))) throw new Broken("signature");
  const hash = decode(root, "checkpoint");
  if (hash.length !== 32) throw new Broken("checkpoint", root);
  return { origin, size: decimal(size, "checkpoint"), root: hash, witnesses };
}

/** The root that a leaf and a proof lead to (RFC 9162, 2.1.3.2). */
async function rootOf(index, size, leaf, hashes) {
  if (index >= size) throw new Broken("inclusion");
  let position = index;
  let last = size - 1;
  let found = await sha256(Uint8Array.of(0), leaf);
  for (const hash of hashes) {
    if (last === 0) throw new Broken("inclusion");
    if (position % 2 === 1 || position === last) {
      found = await sha256(Uint8Array.of(1), hash, found);
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2);
        last = Math.floor(last / 2);
      }
    } else {
      found = await sha256(Uint8Array.of(1), found, hash);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) throw new Broken("inclusion");
  return found;
}

/**
 * Verifies a proof file.
 * @param {string} file its text
 * @param {string} keyText the log's verifier key, which the reader should have from elsewhere than the file
 * @returns {Promise<{index: number, size: number, origin: string, witnesses: string[], leaf: object, leafText: string,
 *   payload: object|null, payloadText: string|null}>}
 */
export async function verify(file, keyText) {
  const cut = file.indexOf("\n\n");
  const lines = file.slice(0, Math.max(cut, 0)).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Broken("format");
  if (!lines[0]?.startsWith("extra ")) throw new Broken("extra");
  const extra = parse(decode(lines.shift().slice(6), "extra"), "extra");
  if (!lines[0]?.startsWith("index ")) throw new Broken("format");
  const index = decimal(lines.shift().slice(6), "format");
  if (lines.length > 63) throw new Broken("format");
  const hashes = lines.map((line) => decode(line, "format"));
  if (hashes.some((hash) => hash.length !== 32)) throw new Broken("format");

  const checkpoint = await readCheckpoint(file.slice(cut + 2), await readKey(keyText));
  if (typeof extra.leaf !== "string") throw new Broken("extra");
  const leafBytes = decode(extra.leaf, "extra");
  if (!equal(await rootOf(index, checkpoint.size, leafBytes, hashes), checkpoint.root)) throw new Broken("inclusion");
  const leaf = parse(leafBytes, "leaf");
  if (leaf.format !== 1) throw new Broken("leaf");

  let payload = null;
  let payloadText = null;
  if (extra.payload !== undefined) {
    const bytes = decode(extra.payload, "extra");
    const salt = decode(extra.salt ?? "", "extra");
    const committed = decode(leaf.payload, "leaf");
    if (salt.length !== 32 || !equal(await sha256(salt, bytes), committed)) throw new Broken("commitment");
    payload = parse(bytes, "commitment");
    payloadText = strict.decode(bytes);
  }
  return {
    index,
    size: checkpoint.size,
    origin: checkpoint.origin,
    witnesses: checkpoint.witnesses,
    leaf,
    leafText: strict.decode(leafBytes),
    payload,
    payloadText,
    root: encode(checkpoint.root),
  };
}

const DER_INTEGER = 0x02;

/** An ECDSA signature in DER as the 64 bytes that WebCrypto takes (ANSI X9.62; SEC 1, C.5). */
function rawSignature(der) {
  if (der.length === 64) return der;
  if (der[0] !== 0x30 || der[1] !== der.length - 2) throw new Broken("person", "DER");
  const raw = new Uint8Array(64);
  let offset = 2;
  for (const end of [32, 64]) {
    const length = der[offset + 1];
    if (der[offset] !== DER_INTEGER || !(length >= 1 && length <= 33)) throw new Broken("person", "DER");
    let number = der.slice(offset + 2, offset + 2 + length);
    if (number.length === 33 && number[0] === 0) number = number.slice(1);
    if (number.length > 32) throw new Broken("person", "DER");
    raw.set(number, end - number.length);
    offset += 2 + length;
  }
  if (offset !== der.length) throw new Broken("person", "DER");
  return raw;
}

const fromAddress = (text) => decode(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4), "person");

/**
 * Verifies a person's signature over an act, as docs/protocol.md, section 3, says.
 * @param {object} leaf the act's leaf, as `verify` returned it
 * @param {object} signature one of its signatures
 * @param {{algorithm: string, key: string}} publicKey as the act that enrolled the key gives it
 */
export async function verifySignature(leaf, signature, publicKey) {
  const { received, signatures, ...statement } = leaf;
  const digest = await sha256(utf8.encode("chancery act v1\n"), utf8.encode(canonical(statement)));
  const keyBytes = decode(publicKey.key, "person");
  const name = (await sha256(utf8.encode(`${publicKey.algorithm}\n`), keyBytes)).slice(0, 16);
  if (!equal(name, fromAddress(signature.key)) || signature.algorithm !== publicKey.algorithm) throw new Broken("person", "key");
  let message = digest;
  if (signature.clientDataJSON !== undefined) {
    const client = decode(signature.clientDataJSON, "person");
    const said = JSON.parse(strict.decode(client));
    if (said.type !== "webauthn.get" || !equal(fromAddress(said.challenge), digest)) throw new Broken("person", "challenge");
    message = join(decode(signature.authenticatorData, "person"), await sha256(client));
  }
  const bytes = decode(signature.signature, "person");
  let holds = false;
  if (publicKey.algorithm === "p256") {
    const key = await crypto.subtle.importKey("raw", keyBytes, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    holds = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, rawSignature(bytes), message);
  } else if (publicKey.algorithm === "ed25519") {
    const key = await crypto.subtle.importKey("raw", keyBytes, { name: "Ed25519" }, false, ["verify"]);
    holds = await crypto.subtle.verify("Ed25519", key, bytes, message);
  } else {
    throw new Error(publicKey.algorithm);
  }
  if (!holds) throw new Broken("person", signature.key);
}

/** Shows in an element with the seal's words how a verification went. */
export async function show(place, words, work) {
  const verdict = place.querySelector(".verdict");
  const steps = place.querySelector(".steps");
  const say = (state, key, detail) => {
    place.dataset.state = state;
    verdict.textContent = detail ? `${words[key] ?? key} (${detail})` : words[key] ?? key;
  };
  steps.replaceChildren();
  steps.hidden = true;
  if (!globalThis.crypto?.subtle) {
    say("unverified", "unable");
    return null;
  }
  say("checking", "checking");
  try {
    const proven = await work();
    say("verified", "verified");
    const said = [words.stepSignature, words.stepInclusion, proven.payload === null ? words.stepNoPayload : words.stepCommitment];
    for (const text of said) {
      const item = document.createElement("li");
      item.textContent = text;
      steps.append(item);
    }
    steps.hidden = false;
    if (proven.witnesses.length) place.querySelector(".witnesses").textContent = proven.witnesses.join(", ");
    return proven;
  } catch (problem) {
    if (!(problem instanceof Broken)) say("unverified", "unable", problem.message);
    else if (problem.step === "no-ed25519") say("unverified", "noEd25519");
    else say("failed", "failed", words[problem.step.replace(/-(.)/g, (_, c) => c.toUpperCase())] ?? problem.step);
    return null;
  }
}

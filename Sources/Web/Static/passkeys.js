// Makes and uses passkeys. The page has the buttons; this gives them their work and says what went wrong.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function answerOf(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.detail || String(response.status));
  return body;
}

const ask = async (address) => answerOf(await fetch(address, { headers: { Accept: "application/json" } }));

const send = async (address, value) =>
  answerOf(
    await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(value),
    })
  );

async function signIn(next) {
  const options = await ask("/sign-in/challenge");
  const credential = await navigator.credentials.get({
    publicKey: { ...options, challenge: toBytes(options.challenge), allowCredentials: [] },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response;
  return send(`/sign-in/passkey?next=${encodeURIComponent(next)}`, {
    id: toText(credential.rawId),
    type: credential.type,
    response: {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : null,
    },
  });
}

async function add() {
  const options = await ask("/account/challenge");
  const credential = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: options.excludeCredentials.map((one) => ({ ...one, id: toBytes(one.id) })),
    },
  });
  const { clientDataJSON, attestationObject } = credential.response;
  const label = document.getElementById("label")?.value.trim();
  return send("/account/passkeys", {
    id: toText(credential.rawId),
    type: credential.type,
    ...(label ? { label } : {}),
    response: { clientDataJSON: toText(clientDataJSON), attestationObject: toText(attestationObject) },
  });
}

for (const button of document.querySelectorAll("[data-passkey]")) {
  const word = document.querySelector(".passkey-word");
  button.addEventListener("click", async () => {
    word.replaceChildren();
    if (!window.PublicKeyCredential) {
      word.textContent = word.dataset.unsupported;
      return;
    }
    button.disabled = true;
    try {
      const answer = await (button.dataset.passkey === "add" ? add() : signIn(button.dataset.next));
      location.assign(answer.next);
    } catch (problem) {
      const paragraph = document.createElement("p");
      paragraph.className = "notice refused";
      paragraph.textContent =
        problem.name === "NotAllowedError" || problem.name === "AbortError"
          ? word.dataset.cancelled
          : `${word.dataset.failed} ${problem.message}`;
      word.append(paragraph);
    } finally {
      button.disabled = false;
    }
  });
}

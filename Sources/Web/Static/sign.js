// Signs a prepared act with a passkey: the challenge is the act's digest. The answer goes into the form, which is then sent as any
// other. Without this, the act is signed by a key file or a token.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

for (const form of document.querySelectorAll("form[data-sign]")) {
  const button = form.querySelector("[data-passkey-sign]");
  const word = form.querySelector(".passkey-word");
  const say = (text) => {
    const paragraph = document.createElement("p");
    paragraph.className = "notice refused";
    paragraph.textContent = text;
    word.replaceChildren(paragraph);
  };
  button?.addEventListener("click", async () => {
    word.replaceChildren();
    if (!window.PublicKeyCredential) {
      say(word.dataset.unsupported);
      return;
    }
    button.disabled = true;
    try {
      const credential = await navigator.credentials.get({
        publicKey: {
          challenge: toBytes(form.dataset.challenge),
          rpId: form.dataset.rp,
          userVerification: "required",
          timeout: 300000,
          allowCredentials: form.dataset.passkeys
            .split(" ")
            .filter(Boolean)
            .map((id) => ({ type: "public-key", id: toBytes(id) })),
        },
      });
      const { clientDataJSON, authenticatorData, signature } = credential.response;
      form.elements.passkey.value = JSON.stringify({
        id: toText(credential.rawId),
        type: credential.type,
        response: {
          clientDataJSON: toText(clientDataJSON),
          authenticatorData: toText(authenticatorData),
          signature: toText(signature),
        },
      });
      form.submit();
    } catch (problem) {
      say(
        problem.name === "NotAllowedError" || problem.name === "AbortError"
          ? word.dataset.cancelled
          : `${word.dataset.failed} ${problem.message}`
      );
      button.disabled = false;
    }
  });
}

// A signature file may be chosen instead of pasted.
for (const chooser of document.querySelectorAll("[data-signature-file]")) {
  chooser.hidden = false;
  chooser.querySelector("input").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) document.getElementById(chooser.dataset.signatureFile).value = await file.text();
  });
}

// Lets a browser be told of alerts (W3C Push API). The form that is sent is an ordinary one; this fills it in, and without it the
// page says that a browser is needed that can.

const form = document.querySelector("form[data-push-key]");

if (form) {
  const state = form.querySelector("[data-push-state]");
  const button = form.querySelector("button");
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window && window.isSecureContext;

  const say = (name) => {
    form.dataset.pushState = name;
    state.textContent = form.dataset[`push${name[0].toUpperCase()}${name.slice(1)}`] ?? "";
  };

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  // The worker is asked for by a name without a version: a browser keeps it by its address.
  async function subscribe() {
    const registration = await navigator.serviceWorker.register("/static/push-worker.js");
    if (!registration.active) {
      const worker = registration.installing ?? registration.waiting;
      await new Promise((resolve) => {
        if (worker.state === "activated") resolve();
        worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
      });
    }
    const key = form.dataset.pushKey;
    let known = await registration.pushManager.getSubscription();
    // A subscription is bound to the key it was made with (RFC 8292, 4).
    if (known && text(known.options.applicationServerKey ?? new ArrayBuffer(0)) !== key) {
      await known.unsubscribe();
      known = null;
    }
    return known ?? registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        say("denied");
        return;
      }
      const subscription = await subscribe();
      form.elements.endpoint.value = subscription.endpoint;
      form.elements.key.value = text(subscription.getKey("p256dh"));
      form.elements.secret.value = text(subscription.getKey("auth"));
      form.submit();
    } catch {
      say("failed");
    } finally {
      button.disabled = false;
    }
  });

  if (!can) say("unable");
  else if (Notification.permission === "denied") say("denied");
  else say("ready");
  button.hidden = !can;
}

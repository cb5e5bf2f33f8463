// Shows what a node tells a browser of, and opens the page that it is about.

self.addEventListener("push", (event) => {
  let message = {};
  try {
    message = event.data?.json() ?? {};
  } catch {
    // What cannot be read is shown without words, since something must be shown.
  }
  const show = self.registration.showNotification(String(message.title ?? self.location.host), {
    body: String(message.body ?? ""),
    tag: String(message.tag ?? ""),
    lang: String(message.lang ?? ""),
    data: { url: String(message.url ?? "/") },
  });
  event.waitUntil(show);
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/", self.location.origin);
  // Only pages of this node are opened.
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href));
});

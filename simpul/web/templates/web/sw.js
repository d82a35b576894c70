// Keeps the look and the offline page at hand. Pages themselves always come from the node: nothing shown is old.
"use strict";
const SHELF = "simpul-{% static 'simpul/house.css' %}";
const KEPT = ["/luring/", "{% static 'simpul/house.css' %}", "{% static 'simpul/house.js' %}", "{% static 'simpul/icons.svg' %}", "{% static 'simpul/icon.svg' %}"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll(KEPT)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("simpul-") && name !== SHELF).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});
self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match("/luring/")));
  } else if (KEPT.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});

// Keeps the app on the phone: one version, all of it or nothing. Records are not its work; they stand in IndexedDB.
"use strict";
const SHELF = "telepon-{{ version }}";
const SHELL = "/telepon/";
const KEPT = [SHELL, "/telepon/manifest.webmanifest"{% for address in kept %}, "{{ address|escapejs }}"{% endfor %}];

self.addEventListener("install", (event) => {
  // what only asks the node goes past this worker
  event.addRoutes?.([{ condition: { urlPattern: "/api/*" }, source: "network" }]).catch(() => {});
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll(KEPT.map((address) => new Request(address, { cache: "no-cache" })))));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("telepon-") && name !== SHELF).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});
// the page says when nothing is being typed: only then a new version takes over
self.addEventListener("message", (event) => { if (event.data === "ganti") self.skipWaiting(); });
self.addEventListener("sync", (event) => {
  if (event.tag !== "kirim") return;
  event.waitUntil(self.clients.matchAll().then((pages) => { for (const page of pages) page.postMessage("kirim"); }));
});
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  const kept = event.request.mode === "navigate" ? (address.pathname === SHELL ? SHELL : "") : KEPT.find((one) => one === address.pathname);
  if (!kept) return;
  event.respondWith(caches.open(SHELF).then((shelf) => shelf.match(kept)).then((found) => found || fetch(event.request)));
});

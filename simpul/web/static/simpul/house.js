// What the house does in the browser beyond htmx. Every page works without it.
"use strict";

if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/sw.js");
}

// a form that is being sent is not sent again by a second tap
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// errors are read out first
const fault = document.getElementById("kesalahan");
if (fault) fault.focus();

// an undo offer stands for a minute
setTimeout(() => {
  for (const offer of document.querySelectorAll(".message .post")) offer.remove();
}, 60000);

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-print], [data-copy], [data-share]");
  if (!target) return;
  if ("print" in target.dataset) window.print();
  if ("copy" in target.dataset) {
    const source = document.getElementById(target.dataset.copy);
    const text = source.value ?? source.textContent.trim();
    const said = () => { target.textContent = target.dataset.done || "✓"; };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(said);
    else { source.select?.(); said(); }
  }
  if ("share" in target.dataset && navigator.share) {
    navigator.share({ text: target.dataset.share, url: target.dataset.url || location.href }).catch(() => {});
  }
});
for (const button of document.querySelectorAll("[data-share]")) if (!navigator.share) button.hidden = true;

// htmx: a failed send says so where it happened, and nothing typed is lost
document.addEventListener("htmx:sendError", () => tell(document.body.dataset.offline || "Sinyal terputus. Coba lagi."));
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) tell(document.body.dataset.broken || "Maaf, ada gangguan. Coba lagi.");
});
function tell(text) {
  const place = document.getElementById("pesan");
  if (!place) return;
  const message = document.createElement("div");
  message.className = "message message-error";
  const p = document.createElement("p");
  p.textContent = text;
  message.append(p);
  place.append(message);
}

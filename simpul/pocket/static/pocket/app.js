// The frame: which screen stands, the line of truth, warnings, the app's own renewal.
import { forgetOld, onChange, tally } from "./ledger.js";
import { keepClock, loadClock } from "./clock.js";
import { seemsPrivate } from "./pairing.js";
import { el, faults, icon } from "./page.js";
import { saveFile } from "./rescue.js";
import { stopCamera } from "./scan.js";
import { keepSending, state } from "./sender.js";
import { forgetKnown } from "./snapshot.js";
import { meta } from "./store.js";
import { hour, t } from "./words.js";
import * as activity from "./screens/activity.js";
import * as loans from "./screens/loans.js";
import { member } from "./screens/member.js";
import { pairing } from "./screens/pairing.js";
import * as phone from "./screens/phone.js";
import { report } from "./screens/report.js";
import { start } from "./screens/start.js";
import * as visits from "./screens/visits.js";

const SCREENS = {
  "": start, pengunjung: visits.visit, rombongan: visits.tally, pinjam: loans.lend, kembali: loans.takeBack,
  anggota: member, kegiatan: activity.sessions, sesi: activity.session, laporan: report, "hari-ini": phone.records, telepon: phone.phone,
};
// what was half typed is still there when one comes back
const KEEP = new Set(["rombongan", "anggota", "laporan", "sesi"]);

const main = document.getElementById("isi");
const bar = document.getElementById("batang");
const warning = document.getElementById("peringatan");
const kept = new Map();

let device = null;
let here = "";
let lastWaiting = 0;

const isTyping = () => [...kept.values(), main].some((root) => [...root.querySelectorAll("input, textarea")].some((field) => (
  ["checkbox", "radio"].includes(field.type) ? false : field.type !== "date" && field.value !== "" && field.value !== "0")));

// a screen that has done its work forgets what was typed in it
export function done(address) {
  kept.delete(here);
  if (address !== undefined) location.hash = `#/${address}`;
  else show();
}

async function show() {
  const address = location.hash.replace(/^#\/?/, "");
  const pairCode = address.startsWith("pasang=") ? decodeURIComponent(address.slice(7)) : "";
  if (address === "isi") return; // the skip link
  stopCamera();
  let root;
  if (pairCode || !device) {
    root = await pairing(pairCode, device, entered);
    here = "pasang";
  } else {
    const [name, ...rest] = address.split("/");
    const make = SCREENS[name] ?? start;
    root = kept.get(address) ?? await make(decodeURIComponent(rest.join("/")), done);
    here = address;
    if (KEEP.has(name)) kept.set(address, root);
  }
  bar.hidden = !device || here === "" || here === "pasang";
  for (const link of bar.children) {
    if (link.getAttribute("href") === `#/${here}`) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  document.getElementById("ke-telepon").hidden = !device;
  root.dataset.place = here;
  main.replaceChildren(root);
  window.scrollTo(0, 0);
  const wanted = root.querySelector("[data-focus]");
  (wanted ?? main).focus({ preventScroll: true });
  root.dispatchEvent(new Event("tampil"));
  renew();
}

function warn(text, kind = "stop", ...more) {
  warning.replaceChildren();
  if (text) warning.append(el("div", { class: `notice notice-${kind}` }, el("p", {}, text), ...more));
}

faults.show = (what) => {
  if (what === "unpaired") { warn(t("unpaired")); refresh(); return; }
  const save = el("button", { type: "button", class: "button button-quiet", onclick: () => saveFile().catch(() => {}) }, t("save_file"));
  warn(t(what), "stop", what === "full" ? save : null);
  kept_alive();
};
const kept_alive = () => warning.scrollIntoView({ block: "nearest" });

const isAway = () => state.isAway || !navigator.onLine;

// "12 dari 12 tersimpan di kota, 14.03", "2 catatan baru, segera dikirim", "3 catatan menunggu sinyal · terakhir tersimpan 13.40"
export function sentence(now) {
  const last = now.saved ? ` · ${t("last_saved", { hour: hour(now.saved) })}` : "";
  const how = isAway() ? "waits" : state.isSending ? "sends" : "soon";
  if (now.waiting) return t(how, { n: now.waiting }) + (how === "waits" ? last : "");
  if (now.photos) return t(how === "waits" ? "waits_photos" : "sends_photos", { n: now.photos }) + last;
  if (now.today) return t("safe", { safe: now.safe, all: now.today, hour: hour(now.saved) });
  return t("safe_none");
}

const CALM = 120; // many records at once are told together
let showing = false, again = false;
async function refresh() {
  if (showing) { again = true; return; }
  showing = true;
  try {
    await truth();
    await new Promise((resolve) => setTimeout(resolve, CALM));
  } finally {
    showing = false;
    if (again) { again = false; refresh(); }
  }
}

async function truth() {
  const line = document.getElementById("kebenaran");
  const now = await meta("device");
  if (!now && device) await lost();
  else if (now && !device) { device = now; await show(); }
  line.hidden = !device;
  if (!device) return;
  document.getElementById("perpustakaan").textContent = device.library.name;
  const sums = await tally();
  lastWaiting = sums.waiting + sums.photos;
  const words = document.getElementById("kebenaran-kata");
  const text = sentence(sums) + (sums.attention ? ` · ${t("attention", { n: sums.attention })}` : "");
  if (words.textContent !== text) words.textContent = text; // said once, not at every look
  line.className = `truth${lastWaiting ? (isAway() ? " truth-waits" : "") : sums.today ? "" : " truth-empty"}`;
  document.getElementById("kebenaran-ikon").replaceChildren(icon(lastWaiting ? "clock" : sums.today ? "check" : "device"));
  main.firstElementChild?.dispatchEvent(new Event("berubah"));
  if (state.left) warn(t("revoked"), "attention");
}

// The keys are gone: let go by the library, by its owner, or by the browser.
async function lost() {
  const how = state.left === "self" ? "left_self" : state.left ? "left_revoked" : lastWaiting ? "left_evicted" : "left_evicted_none";
  left(t(how, { n: lastWaiting }));
}

function left(text) {
  device = null;
  kept.clear();
  forgetKnown();
  warn("");
  history.replaceState(null, "", "#/");
  pairing.said = text;
  show();
}

async function entered(made) {
  history.replaceState(null, "", "#/");
  device = made;
  kept.clear();
  forgetKnown();
  state.left = "";
  await greet();
  await show();
  await refresh();
  keepSending();
}

async function greet() {
  if (await seemsPrivate()) warn(t("private"), "stop");
  else if (await meta("unknown")) warn(t("expired"), "attention");
  else if (Date.parse(device.expires_at) < Date.now()) warn(t("expired"), "attention");
}

let waitingWorker = null;
// A new version takes over only where nothing is being typed.
function renew() {
  if (waitingWorker && here === "" && !isTyping()) { waitingWorker.postMessage("ganti"); waitingWorker = null; }
}

async function keepApp() {
  if (!navigator.serviceWorker) return;
  let controlled = Boolean(navigator.serviceWorker.controller);
  let stale = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled && !isTyping()) location.reload(); else if (controlled) stale = true;
    controlled = true;
  });
  window.addEventListener("hashchange", () => { if (stale && !isTyping()) location.reload(); });
  const registration = await navigator.serviceWorker.register("/telepon/sw.js", { scope: "/telepon/" });
  const look = () => { if (registration.waiting && navigator.serviceWorker.controller) { waitingWorker = registration.waiting; renew(); } };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  setInterval(() => { if (navigator.onLine) registration.update().catch(() => {}); }, 3600_000);
}

async function begin() {
  await loadClock();
  device = (await meta("device")) ?? null;
  onChange(refresh);
  window.addEventListener("hashchange", show);
  window.addEventListener("pageshow", (event) => { if (event.persisted) refresh(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); keepClock(); });
  setInterval(keepClock, 60_000);
  if (device) {
    await forgetOld();
    await greet();
    keepSending();
  } else {
    const library = knownBefore();
    if (library) pairing.said = t("left_evicted_unknown", { library });
  }
  await show();
  await refresh();
  keepApp().catch(() => {});
}

function knownBefore() {
  try { return localStorage.getItem("telepon-terpasang"); } catch { return ""; }
}

begin();

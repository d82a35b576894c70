// Sending what waits. One sender in all tabs; an event is deleted only by the receipt that names it.
import { gzip } from "./bytes.js";
import { moment } from "./envelope.js";
import { changed, waiting } from "./ledger.js";
import { Answered, NoSignal, hello, isFresh, signed, unsigned } from "./node.js";
import { refreshSnapshot } from "./snapshot.js";
import { ask, count, forgetAll, forgetSnapshot, meta, read, setMeta, write } from "./store.js";
import { forgetVault, openBytes, seal, unseal } from "./vault.js";

const MOST = 200;
const SNAPSHOT_EVERY = 30 * 60_000; // a day costs data: names change seldom
const ASK_EVERY = 10 * 60_000;
const OPEN = new Set(["held", "quarantined"]);

export const state = { isSending: false, says: "", left: "" };  // left: why this phone let go of everything

let failures = 0;
let timer = 0;
let fetchedAt = 0;
let askedAfter = 0;

// Sends soon. Called after each record, when the signal returns, when the page is looked at, and every minute.
export function wake(delay = 0) {
  clearTimeout(timer);
  timer = setTimeout(send, delay);
}

const alone = (work) => (navigator.locks
  ? navigator.locks.request("telepon-kirim", { ifAvailable: true }, (lock) => (lock ? work() : wake(1500)))
  : work());

let running = null;
export const send = () => (running ??= alone(everything).finally(() => { running = null; }));

async function everything() {
  const device = await meta("device");
  if (!device) return;
  state.isSending = true;
  let again = 60_000;
  try {
    if (!isFresh()) await hello();
    await sendEvents();
    await sendPhotos();
    await askAfter();
    await lookForSnapshot();
    if ((await meta("revoked")) && (await count("events")) + (await count("photos")) === 0) await leaveBehind();
    failures = 0;
    if ((await count("events")) + (await count("photos")) === 0) again = SNAPSHOT_EVERY;
  } catch (fault) {
    if (fault instanceof Answered) state.says = fault.body.says ?? "";
    else if (!(fault instanceof NoSignal)) console.warn(fault);
    fetchedAt = 0; // the signal was away: what the library has decided since is asked for first
    again = Math.min(60_000, 2000 * 2 ** failures++) * (0.8 + 0.4 * Math.random());
  } finally {
    state.isSending = false;
    changed();
    wake(again);
  }
}

const isRevoked = (fault) => fault instanceof Answered && fault.status === 410;
const isUnknown = (fault) => fault instanceof Answered && fault.status === 401 && fault.body.code === "unknown";

// In this phone's name where that counts; without it where the phone is no longer known: what it recorded is still true.
async function anyway(method, path, request) {
  try {
    return await signed(method, path, request);
  } catch (fault) {
    if (isRevoked(fault)) await letGo(fault.body.says);
    else if (!isUnknown(fault)) throw fault;
    return unsigned(method, path, request);
  }
}

async function post(events) {
  const text = JSON.stringify({ events: events.map(({ event, sig }) => ({ event, sig })), sent_at: moment() });
  const headers = { "Content-Type": "application/json" };
  let body = text;
  if ("CompressionStream" in window) {
    body = await gzip(text);
    headers["Content-Encoding"] = "gzip";
  }
  return anyway("POST", "/api/sync/events", { body, headers, patience: 60_000 });
}

async function letGo(says) {
  state.left = says || "revoked";
  await forgetSnapshot();
  await setMeta("revoked", state.left);
}

async function sendEvents() {
  let most = MOST;
  for (;;) {
    const batch = await waiting(most);
    if (!batch.length) break;
    let answer;
    try {
      answer = await post(batch);
    } catch (fault) {
      if (!(fault instanceof Answered) || ![400, 413].includes(fault.status) || batch.length === 1) throw fault;
      most = Math.max(1, Math.floor(batch.length / 2)); // too much at once, or one of them is broken: find out which
      continue;
    }
    if (answer.expires_at) await prolong(answer.expires_at);
    if (answer.receipts?.some((receipt) => receipt.reason === "revoked")) fetchedAt = 0; // ask at once what it means
    if (!(await settle(batch, answer.receipts ?? []))) break;
    changed();
  }
}

export const prolong = (expires_at) => write(["meta"], async (store) => {
  const device = await ask(store("meta").get("device"));
  if (device) store("meta").put({ ...device, expires_at }, "device"); // never made anew: the browser may have taken it
});

// Takes the receipts in: the event goes, its state stays. Answers how many events were settled.
async function settle(batch, receipts) {
  const sent = new Map(batch.map((row) => [row.id, row]));
  const fitting = [];
  for (const receipt of receipts) {
    const row = sent.get(receipt.id);
    if (row && receipt.seq === row.seq && receipt.state) fitting.push({ receipt, seq: row.seq, said: receipt.says ? await seal(receipt.says) : null });
  }
  await write(["events", "lines", "meta"], async (store) => {
    for (const { receipt, seq, said } of fitting) {
      const event = await ask(store("events").get(seq));
      store("events").delete(seq);
      const line = await ask(store("lines").get(seq));
      if (!line) continue;
      const kept = OPEN.has(receipt.state) ? line.kept ?? (event && { iv: event.iv, sealed: event.sealed }) : undefined;
      const open = OPEN.has(receipt.state) ? 1 : undefined;
      store("lines").put({ ...line, state: receipt.state, reason: receipt.reason ?? "", said, kept, open, settled: 1 });
    }
    if (fitting.length && await ask(store("meta").get("device"))) store("meta").put(Date.now(), "saved");
  });
  return fitting.length;
}

// What waits at the node for a person or a neighbour is asked after: the same event again brings the newer receipt.
async function askAfter() {
  if (Date.now() - askedAfter < ASK_EVERY) return;
  const rows = await read(["lines"], (store) => ask(store("lines").index("open").getAll()));
  const open = rows.filter((row) => row.kept).slice(-MOST);
  askedAfter = Date.now();
  if (!open.length) return;
  const batch = [];
  for (const row of open) batch.push({ seq: row.seq, id: row.id, ...(await unseal(row.kept)) });
  await settle(batch, (await post(batch)).receipts ?? []);
}

async function sendPhotos() {
  for (const key of await read(["photos"], (store) => ask(store("photos").getAllKeys()))) {
    const [event, sha256] = key;
    const photo = await read(["photos"], (store) => ask(store("photos").get(key)));
    if (!photo) continue;
    const request = { body: await openBytes(photo), headers: { "Content-Type": photo.type }, patience: 120_000 };
    let receipt;
    try {
      ({ receipt } = await anyway("PUT", `/api/sync/photos/${sha256}?event=${event}`, request));
    } catch (fault) {
      if (!(fault instanceof Answered)) throw fault;
      state.says = fault.body.says ?? ""; // this picture stays here and in the rescue file; the others go on
      continue;
    }
    if (!receipt?.state) continue;
    const said = receipt.says ? await seal(receipt.says) : null;
    await write(["photos", "lines", "meta"], async (store) => {
      store("photos").delete(key);
      const line = await ask(store("lines").get(receipt.seq));
      const open = OPEN.has(receipt.state) ? 1 : undefined;
      if (line?.id === event) store("lines").put({ ...line, state: receipt.state, reason: receipt.reason ?? "", said, open, settled: 1 });
      store("meta").put(Date.now(), "saved");
    });
    changed();
  }
}

async function lookForSnapshot() {
  if (Date.now() - fetchedAt < SNAPSHOT_EVERY || (await meta("revoked"))) return;
  try {
    await refreshSnapshot();
    fetchedAt = Date.now();
  } catch (fault) {
    if (isRevoked(fault)) {
      await letGo(fault.body.says);
    } else if (isUnknown(fault)) {
      await setMeta("unknown", true);
    } else if (fault instanceof Answered) {
      state.says = fault.body.says ?? "";
      fetchedAt = Date.now();
    } else {
      throw fault;
    }
  }
}

// Nothing waits any more: keys, names and records go.
export async function leaveBehind() {
  const said = state.left || (await meta("revoked")) || "";
  await forgetAll();
  forgetVault();
  try { localStorage.removeItem("telepon-terpasang"); } catch { /* no such storage: nothing to forget */ }
  state.left = said;
  changed();
}

// The phone signs itself out; the node is told if there is a signal.
export async function leave() {
  try { await signed("POST", "/api/sync/leave", { patience: 10_000 }); } catch { /* it expires there by itself */ }
  state.left = "self";
  await leaveBehind();
}

// Where the browser can (Background Sync), it wakes the app when the signal returns. A bonus only.
export async function remindLater() {
  if (navigator.onLine) return;
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("kirim").catch(() => {});
}

let isKept = false;
export function keepSending() {
  wake();
  if (isKept) return;
  isKept = true;
  window.addEventListener("online", () => { failures = 0; wake(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { failures = 0; wake(); } });
  navigator.serviceWorker?.addEventListener("message", (event) => { if (event.data === "kirim" && !failures) wake(); });
}


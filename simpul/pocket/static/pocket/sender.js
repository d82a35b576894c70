// Sending what waits. One sender in all tabs; an event is deleted only by the receipt that names it.
import { gzip } from "./bytes.js";
import { moment } from "./envelope.js";
import { changed, waiting } from "./ledger.js";
import { Answered, NoSignal, hello, isInTouch, isNameDue, nameIsDue, signed, unsigned } from "./node.js";
import { sendCarried } from "./relay.js";
import { refreshSnapshot } from "./snapshot.js";
import { ask, count, forgetAll, forgetSnapshot, meta, read, setMeta, write } from "./store.js";
import { forgetVault, openBytes, seal, unseal } from "./vault.js";

const MOST = 500;
const QUIET = 25_000;   // records come in bursts: they are sent together, this long after the last one
const LONGEST = 55_000; // but with a signal none of them waits longer than this
const SNAPSHOT_EVERY = 60 * 60_000; // a day costs data: names change seldom
const SNAPSHOT_AGAIN = 10 * 60_000; // once the signal is back: what the library has decided meanwhile
const ASK_EVERY = 10 * 60_000;
const OPEN = new Set(["held", "quarantined"]);

// isAway: the last try found no signal, or a node that cannot take it now (then `says`); left: why this phone let go of all
export const state = { isSending: false, isAway: false, says: "", left: "" };

let failures = 0;
let since = 0; // when the first record of this burst was made
let timer = 0;
let fetchedAt = 0;
let askedAfter = 0;

// Sends at once: when the signal returns, when the page is looked at or left, when the list of today is opened.
export function wake(delay = 0) {
  clearTimeout(timer);
  timer = setTimeout(send, delay);
}

// Sends with what is recorded in the next moments; at once where the app was put away meanwhile.
export function soon() {
  since ||= Date.now();
  wake(document.hidden ? 0 : Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
}

const alone = (work) => (navigator.locks
  ? navigator.locks.request("telepon-kirim", { ifAvailable: true }, (lock) => (lock ? work() : wake(1500)))
  : work());

let running = null, wanted = false;
export function send() {
  wanted = Boolean(running); // what is asked for while it runs comes right after
  return (running ??= alone(everything).finally(() => {
    running = null;
    if (wanted) wake();
  }));
}

async function everything() {
  const device = await meta("device");
  if (!device) return;
  state.isSending = true;
  since = 0;
  let again = 60_000;
  try {
    if (!isInTouch()) await hello();
    await sendEvents();
    await sendPhotos();
    await sendCarried(post);
    await askAfter();
    await lookForSnapshot();
    if ((await meta("revoked")) && (await count("events")) + (await count("photos")) === 0) await leaveBehind();
    failures = 0;
    state.says = "";
    if ((await count("events")) + (await count("photos")) === 0) again = SNAPSHOT_EVERY;
  } catch (fault) {
    if (fault instanceof Answered) state.says = fault.body.says ?? "";
    else if (!(fault instanceof NoSignal)) console.warn(fault);
    nameIsDue(); // whether the library has let this phone go
    fetchedAt = Math.min(fetchedAt, Date.now() - SNAPSHOT_EVERY + SNAPSHOT_AGAIN);
    again = Math.min(60_000, 2000 * 2 ** failures++) * (0.8 + 0.4 * Math.random());
  } finally {
    state.isSending = false;
    state.isAway = failures > 0;
    changed();
    if (since && !failures) soon(); else wake(again);
  }
}

const isRevoked = (fault) => fault instanceof Answered && fault.status === 410;
const isUnknown = (fault) => fault instanceof Answered && fault.status === 401 && fault.body.code === "unknown";

// In this phone's name where that counts; without it where the phone is no longer known: what it recorded is still true.
async function anyway(method, path, request) {
  if (!isNameDue()) return unsigned(method, path, request);
  try {
    return await signed(method, path, request);
  } catch (fault) {
    if (isRevoked(fault)) await letGo(fault.body.says);
    else if (!isUnknown(fault)) throw fault;
    return unsigned(method, path, request);
  }
}

async function packed(events) {
  const text = JSON.stringify({ events: events.map(({ event, sig }) => ({ event, sig })), sent_at: moment() });
  const headers = { "Content-Type": "application/json" };
  let body = text;
  if ("CompressionStream" in window) {
    body = await gzip(text);
    headers["Content-Encoding"] = "gzip";
  }
  return { body, headers, patience: 60_000 };
}
const post = async (events, how = anyway) => how("POST", "/api/sync/events", await packed(events));

async function letGo(says) {
  state.left = says || "revoked";
  await forgetSnapshot();
  await setMeta("revoked", state.left);
}

async function sendEvents() {
  let most = MOST, ahead = null;
  for (;;) {
    const batch = await (ahead ?? waiting(most));
    if (!batch.length) break;
    const sent = post(batch);
    ahead = batch.length < most ? null : waiting(most, batch.at(-1).seq); // the next are unsealed while the node works
    ahead?.catch(() => {});
    let answer;
    try {
      answer = await sent;
    } catch (fault) {
      if (!(fault instanceof Answered) || ![400, 413].includes(fault.status) || batch.length === 1) throw fault;
      [most, ahead] = [Math.max(1, Math.floor(batch.length / 2)), null]; // too much at once, or one of them is broken: find out which
      continue;
    }
    if (answer.expires_at) await prolong(answer.expires_at);
    if (answer.receipts?.some((receipt) => receipt.reason === "revoked")) fetchedAt = 0; // ask at once what it means
    const settled = await settle(batch, answer.receipts ?? []);
    if (!settled) break;
    if (settled < batch.length) ahead = null;
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
    // asked all together: one after the other, a queue of thousands would take minutes
    const rows = await Promise.all(fitting.map(({ receipt, seq }) => Promise.all([
      ask(store("lines").get(seq)), OPEN.has(receipt.state) ? ask(store("events").get(seq)) : null])));
    for (const [n, { receipt, seq, said }] of fitting.entries()) {
      const [line, event] = rows[n];
      store("events").delete(seq);
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
  window.addEventListener("online", () => { failures = 0; nameIsDue(); wake(); });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) failures = 0;
    if (!document.hidden || since) send(); // before the app is closed too
  });
  navigator.serviceWorker?.addEventListener("message", (event) => { if (event.data === "kirim" && !failures) wake(); });
}


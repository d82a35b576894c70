// Recording: one signed event after the other, without gaps, never edited. Two tabs or a double tap cannot fork it.
import { base64, newId } from "./bytes.js";
import { loadClock, reading } from "./clock.js";
import { canonical, hashOf, moment, sign } from "./envelope.js";
import { all, ask, latest, read, write } from "./store.js";
import { openBytes, seal, sealBytes, unseal } from "./vault.js";

export class NotPaired extends Error {}
class Overtaken extends Error {}

const alone = (work) => (navigator.locks ? navigator.locks.request("telepon-catat", work) : work());
const channel = "BroadcastChannel" in window ? new BroadcastChannel("telepon") : null;
const listeners = new Set();

export const onChange = (listener) => listeners.add(listener);
export function changed() {
  channel?.postMessage("berubah");
  for (const listener of listeners) listener();
}
if (channel) channel.onmessage = () => { for (const listener of listeners) listener(); };

// -> {id, seq}. `label`: what the person reads in the list of today; photos: [{sha256, type, size, bytes}]
export async function append(kind, payload, { label = "", photos = [], target = "" } = {}) {
  return alone(async () => {
    for (let attempt = 0; ; attempt++) {
      try {
        const made = await once(kind, payload, label, photos, target);
        changed();
        return made;
      } catch (fault) {
        if (!(fault instanceof Overtaken) || attempt > 20) throw fault;
      }
    }
  });
}

async function once(kind, payload, label, photos, target) {
  const [device, key, head] = await read(["meta"], (store) => Promise.all(
    ["device", "key", "head"].map((name) => ask(store("meta").get(name)))));
  if (!device || !key) throw new NotPaired();
  await loadClock();
  const now = new Date();
  const id = newId(now.getTime());
  const event = {
    v: 1, id, device: device.device, seq: head.seq + 1, prev: head.hash, actor: device.account ?? null,
    library: device.library.id, kind, schema: 1, occurred_at: moment(now), ...reading(), app: APP, payload,
  };
  const text = canonical(event);
  const sig = await sign(text, key.privateKey, key.algorithm);
  const hash = await hashOf(text);
  const sealed = await seal({ event: text, sig });
  const line = await seal({ kind, label, at: now.getTime(), target, payload: kind === "activity.reported" ? null : payload });
  const pictures = [];
  for (const { bytes, ...photo } of photos) pictures.push({ ...photo, event: id, ...(await sealBytes(bytes)) });
  await write(["meta", "events", "lines", "photos"], async (store) => {
    const latest = await ask(store("meta").get("head"));
    if (!latest) throw new NotPaired();
    if (latest.seq !== head.seq || latest.hash !== head.hash) throw new Overtaken();
    store("events").add({ seq: event.seq, id, size: text.length, ...sealed });
    store("lines").add({ seq: event.seq, id, day: dayOf(now), at: now.getTime(), state: "", reason: "", undone: false,
      shown: kind === "event.undone" ? 0 : 1, settled: 0, ...line });
    for (const picture of pictures) store("photos").put(picture);
    store("meta").put({ seq: event.seq, hash }, "head");
    if (target) {
      for (const earlier of await ask(store("lines").getAll())) {
        if (earlier.id === target) store("lines").put({ ...earlier, undone: true });
      }
    }
  });
  return { id, seq: event.seq };
}

export const APP = "1.0.0";
export const dayOf = (date = new Date()) => moment(date).slice(0, 10);

export const undo = (id, label) => append("event.undone", { target: id }, { label, target: id });

// The signed texts that wait, the earliest first: [{seq, id, event, sig}]
export async function waiting(limit = 500, after = 0, bytes = 700_000) {
  const rows = await read(["events"], (store) => ask(store("events").getAll(IDBKeyRange.lowerBound(after, true), Number.isFinite(limit) ? limit : undefined)));
  const found = [];
  let size = 0;
  for (const row of rows) {
    size += row.size * 1.2 + 200;
    if (found.length && size > bytes) break;
    found.push({ seq: row.seq, id: row.id, ...(await unseal(row)) });
  }
  return found;
}

// Today's records and whatever an earlier day left open, the latest first.
export async function lines(most = 200) {
  const today = dayOf();
  const rows = await read(["lines"], (store) => latest(store("lines"), most, (row) => row.shown && (row.day === today || row.state !== "applied")));
  const found = [];
  for (const row of rows) {
    const told = await unseal(row);
    found.push({ ...told, seq: row.seq, id: row.id, day: row.day, state: row.state, reason: row.reason, undone: row.undone,
      says: row.said ? await unseal(row.said) : "" });
  }
  return found;
}

// {today, safe, waiting, photos, saved}: what the line at the top says
export async function tally() {
  const today = dayOf();
  return read(["events", "lines", "meta", "photos"], async (store) => {
    const own = store("lines").index("day");
    const [waits, photos, saved, open, safe, unsafe, [last]] = await Promise.all([
      ask(store("events").count()), ask(store("photos").count()), ask(store("meta").get("saved")), ask(store("lines").index("open").count()),
      ask(own.count([today, 1, 1])), ask(own.count([today, 1, 0])), latest(store("lines"), 1, () => true)]);
    return { today: safe + unsafe, safe, waiting: waits, photos, saved: saved ?? null, attention: open, latest: last?.at ?? 0 };
  });
}

// Yesterday's settled lines are on the node; this phone forgets them.
export async function forgetOld() {
  const today = dayOf();
  await write(["lines", "events"], async (store) => {
    const open = new Set(await ask(store("events").getAllKeys()));
    for (const row of await ask(store("lines").getAll())) {
      const isDecided = row.state && row.state !== "held" && row.state !== "quarantined";
      const isLongAgo = row.state && Date.now() - row.at > 14 * 24 * 3600 * 1000;
      if (row.day !== today && !open.has(row.seq) && (isDecided || isLongAgo)) store("lines").delete(row.seq);
    }
  });
}

// Everything that waits, as the file that any hand may bring to the node.
export async function rescue() {
  const [device] = await read(["meta"], (store) => Promise.all([ask(store("meta").get("device"))]));
  const events = (await waiting(Infinity, 0, Infinity)).map(({ event, sig }) => ({ event, sig }));
  const photos = [];
  for (const photo of await all("photos")) {
    photos.push({ event: photo.event, sha256: photo.sha256, type: photo.type, data: base64(await openBytes(photo)) });
  }
  return { format: "simpul-sync-1", device: device.device, library: device.library.id, made_at: moment(), events, photos };
}

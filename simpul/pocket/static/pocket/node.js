// Asking the node. No signal is nothing unusual: it is one kind of answer.
import { measured } from "./clock.js";
import { sign } from "./envelope.js";
import { meta } from "./store.js";

export class NoSignal extends Error {}
export class Answered extends Error {
  constructor(status, body) { super(`${status} ${body.code ?? ""}`); this.status = status; this.body = body; }
}

const PATIENCE = 30_000;
const NONCE = 9 * 60_000;     // the node takes it for 10 minutes
const NAMED = 60 * 60_000;    // events prove themselves: the phone says its name with them once an hour, that costs fewer bytes
let nonce = "";
let nonceAt = -Infinity;
let namedAt = -Infinity;
let isHeard = false;

const isNonceFresh = () => Boolean(nonce) && performance.now() - nonceAt < NONCE;
// true while every question since the first was answered: a record then costs one request, not two
export const isInTouch = () => isHeard;
export const isNameDue = () => performance.now() - namedAt > NAMED;
export const nameIsDue = () => { namedAt = -Infinity; };

async function ask(path, options = {}) {
  let answer, body;
  const before = Date.now();
  try {
    const signal = AbortSignal.timeout ? AbortSignal.timeout(options.patience ?? PATIENCE) : undefined;
    const keepalive = document.hidden && (options.body?.byteLength ?? options.body?.length ?? 0) < 60_000; // it arrives even if the app is closed now
    answer = await fetch(path, { cache: options.body ? "default" : "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", keepalive, signal, ...options });
    body = await answer.json();
  } catch {
    [isHeard, namedAt] = [false, -Infinity]; // the next one that comes through asks anew
    throw new NoSignal();
  }
  if (body?.nonce) [nonce, nonceAt] = [body.nonce, performance.now()];
  if (body?.now) await measured(before, Date.now(), body.now);
  // a node that is being mended, and a wall of some Wi-Fi that answers for it, count as no signal
  if (answer.status >= 500 || body === null || typeof body !== "object") throw new NoSignal();
  if (!answer.ok) throw new Answered(answer.status, body);
  return body;
}

// Asks for the node's time and a first nonce.
export async function hello() {
  const body = await ask("/api/sync/hello", { patience: 10_000 });
  isHeard = true;
  return body;
}

export async function pair(details) {
  return ask("/api/sync/pair", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(details) });
}

async function authorization(method, path) {
  const [device, key] = [await meta("device"), await meta("key")];
  if (!device || !key) return {};
  return { Authorization: `Simpul ${device.device}.${nonce}.${await sign(`${method}\n${path}\n${nonce}`, key.privateKey, key.algorithm)}` };
}

// A request in this phone's name; a nonce that ran out is replaced once.
export async function signed(method, path, { body, headers = {}, patience } = {}) {
  if (!isNonceFresh()) await hello();
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await ask(path, { method, body, patience, headers: { ...headers, ...(await authorization(method, path)) } });
      namedAt = performance.now();
      return answer;
    } catch (fault) {
      if (attempt || !(fault instanceof Answered) || fault.status !== 401 || fault.body.code !== "nonce") throw fault;
    }
  }
}

export const unsigned = (method, path, { body, headers = {}, patience } = {}) => ask(path, { method, body, headers, patience });


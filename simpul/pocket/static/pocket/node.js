// Asking the node. No signal is nothing unusual: it is one kind of answer.
import { measured } from "./clock.js";
import { sign } from "./envelope.js";
import { meta } from "./store.js";

export class NoSignal extends Error {}
export class Answered extends Error {
  constructor(status, body) { super(`${status} ${body.code ?? ""}`); this.status = status; this.body = body; }
}

const PATIENCE = 30_000;
const FRESH = 5 * 60_000;
let nonce = "";
let askedAt = -Infinity;

// true while the node's time and a nonce are known from a moment ago: a record then costs one request, not two
export const isFresh = () => Boolean(nonce) && performance.now() - askedAt < FRESH;

async function ask(path, options = {}) {
  let answer, body;
  try {
    const signal = AbortSignal.timeout ? AbortSignal.timeout(options.patience ?? PATIENCE) : undefined;
    answer = await fetch(path, { cache: "no-store", credentials: "omit", redirect: "error", signal, ...options });
    body = await answer.json();
  } catch {
    askedAt = -Infinity; // the next one that comes through measures anew
    throw new NoSignal();
  }
  if (body?.nonce) nonce = body.nonce;
  // a node that is being mended, and a wall of some Wi-Fi that answers for it, count as no signal
  if (answer.status >= 500 || body === null || typeof body !== "object") throw new NoSignal();
  if (!answer.ok) throw new Answered(answer.status, body);
  return body;
}

// Asks for the node's time and a first nonce.
export async function hello() {
  const before = Date.now();
  const body = await ask("/api/sync/hello", { patience: 10_000 });
  await measured(before, Date.now(), body.now);
  askedAt = performance.now();
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
  if (!nonce) await hello();
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask(path, { method, body, patience, headers: { ...headers, ...(await authorization(method, path)) } });
    } catch (fault) {
      if (attempt || !(fault instanceof Answered) || fault.status !== 401 || fault.body.code !== "nonce") throw fault;
    }
  }
}

export const unsigned = (method, path, { body, headers = {}, patience } = {}) => ask(path, { method, body, headers, patience });


// Records of another phone, taken over from its code: kept encrypted, sent with the next signal. Each proves itself, and
// the other phone keeps its own until the node answers it, so nothing hangs on this one.
import { fromBase64url, gunzip, sha256, toBytes } from "./bytes.js";
import { Answered, unsigned } from "./node.js";
import { ask, meta, write } from "./store.js";
import { seal, unseal } from "./vault.js";

const CODE = /SIMPUL1:([\w-]+)/g;

const kept = async (change) => write(["meta"], async (store) => {
  const boxes = change((await ask(store("meta").get("carried"))) ?? []);
  if (boxes.length) store("meta").put(boxes, "carried"); else store("meta").delete("carried");
});

// How many records the codes in `text` hold; 0 if it is no code. Throws where one did not arrive whole.
export async function takeOver(text) {
  let n = 0;
  for (const [whole, packed] of text.matchAll(CODE)) {
    const told = JSON.parse(await gunzip(fromBase64url(packed)));
    if (told.format !== "simpul-sync-1") throw new TypeError("another format");
    const events = told.events.map(({ event, sig }) => ({ event: String(event), sig: String(sig) }));
    const box = { key: await sha256(toBytes(whole)), n: events.length, ...(await seal(events)) };
    await kept((boxes) => [...boxes.filter(({ key }) => key !== box.key), box]);
    n += events.length;
  }
  return n;
}

export const carried = async () => ((await meta("carried")) ?? []).reduce((sum, { n }) => sum + n, 0);

export async function sendCarried(post) {
  for (const box of (await meta("carried")) ?? []) {
    try {
      const { receipts } = await post(await unseal(box), unsigned);
      if (receipts?.length !== box.n) return;
    } catch (fault) {
      if (!(fault instanceof Answered) || fault.status !== 400) throw fault; // what the node cannot read is not kept
    }
    await kept((boxes) => boxes.filter(({ key }) => key !== box.key));
  }
}

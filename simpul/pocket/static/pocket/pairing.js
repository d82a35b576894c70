// Pairing: keys are made here and stay here; the node learns the public one.
import { keepClock } from "./clock.js";
import { makeKeys } from "./envelope.js";
import { APP } from "./ledger.js";
import { hello, pair } from "./node.js";
import { ask, write } from "./store.js";
import { forgetVault, makeVault } from "./vault.js";

// Asks the browser to keep what is here. -> true if it promises
export async function askToKeep() {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist());
  } catch {
    return false;
  }
}

// A private window forgets everything when it closes. Browsers do not say so; they show it by a small quota.
export async function seemsPrivate() {
  try {
    if (await navigator.storage.persisted()) return false;
    const { quota } = await navigator.storage.estimate();
    const heap = performance.memory?.jsHeapSizeLimit;
    return !("serviceWorker" in navigator) || (heap ? quota < heap * 2 : quota < 300_000_000);
  } catch {
    return true;
  }
}

export async function pairWith(code) {
  await askToKeep();
  const { algorithm, privateKey, publicKey } = await makeKeys();
  const vault = await makeVault();
  const device = await pair({ code, algorithm, public_key: publicKey, app: APP });
  await write(["meta", "events", "lines", "photos", "parts"], async (store) => {
    if (await ask(store("events").count())) throw new Error("events wait"); // asked before; never lost
    for (const name of ["meta", "lines", "photos", "parts"]) store(name).clear();
    const put = (key, value) => store("meta").put(value, key);
    put("device", { device: device.device, name: device.name, account: device.account, account_name: device.account_name,
      library: device.library, expires_at: device.expires_at });
    put("key", { privateKey, algorithm });
    put("vault", vault);
    put("head", { seq: 0, hash: "" });
  });
  forgetVault();
  try { localStorage.setItem("telepon-terpasang", device.library.name); } catch { /* a private window */ }
  await hello().catch(() => {});
  await keepClock(); // what the node's answers told of it was cleared with the rest
  return device;
}

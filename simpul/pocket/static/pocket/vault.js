// Names and records are unreadable in the phone's files: AES-GCM with a key that cannot leave the browser.
import { toBytes, toText } from "./bytes.js";
import { meta } from "./store.js";

export const makeVault = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

let known = null; // the key of this page's life; forgotten with the device
export const forgetVault = () => { known = null; };
const vault = async () => (known ??= await meta("vault"));

export async function sealBytes(bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await vault(), bytes) };
}

export async function openBytes({ iv, sealed }) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv }, await vault(), sealed);
}

export const seal = (value) => sealBytes(toBytes(JSON.stringify(value)));
export const unseal = async (box) => JSON.parse(toText(await openBytes(box)));

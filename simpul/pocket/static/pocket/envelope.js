// The text of an event: JSON without spaces, keys sorted, no fractions. Its bytes are what is signed, hashed and kept.
import { base64url, sha256, toBytes } from "./bytes.js";

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError(`no whole number: ${value}`);
  if (value === undefined) throw new TypeError("a value is missing");
  // half a pair of surrogates has no UTF-8: it becomes the sign for what cannot be read
  return JSON.stringify(typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : value);
}

const two = (n) => String(n).padStart(2, "0");

// `2026-11-25T14:03:12.345+07:00`, by this phone's clock and its offset
export function moment(date = new Date()) {
  const offset = -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + offset * 60000).toISOString().slice(0, -1);
  const size = Math.abs(offset);
  return `${shifted}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const ALGORITHMS = {
  Ed25519: { make: { name: "Ed25519" }, sign: { name: "Ed25519" } },
  ES256: { make: { name: "ECDSA", namedCurve: "P-256" }, sign: { name: "ECDSA", hash: "SHA-256" } },
};

// A key pair that cannot leave this phone: Ed25519, or ECDSA where the browser does not know it.
export async function makeKeys() {
  for (const [algorithm, { make }] of Object.entries(ALGORITHMS)) {
    try {
      const pair = await crypto.subtle.generateKey(make, false, ["sign", "verify"]);
      const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
      return { algorithm, privateKey: pair.privateKey, publicKey: base64url(raw) };
    } catch { /* this browser lacks it: the next one */ }
  }
  throw new Error("no signatures");
}

export async function sign(text, key, algorithm) {
  return base64url(await crypto.subtle.sign(ALGORITHMS[algorithm].sign, key, toBytes(text)));
}

export const hashOf = (text) => sha256(toBytes(text));

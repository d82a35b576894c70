// What waits, taken along by hand: as a file, or as a text small enough for a message.
import { base64url, gzip } from "./bytes.js";
import { dayOf, rescue } from "./ledger.js";
import { MOST } from "./qr.js";
import { meta, setMeta } from "./store.js";

async function file() {
  const content = await rescue();
  const { library } = await meta("device");
  const name = `simpul-${library.code}-${dayOf()}.simpul`;
  return new File([JSON.stringify(content)], name, { type: "application/json" });
}

// Saves the file among the phone's downloads.
export async function saveFile() {
  const saved = await file();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(saved);
  link.download = saved.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  await setMeta("rescued", Date.now());
  return saved;
}

// -> true if the phone's share sheet took it
export async function shareFile() {
  const saved = await file();
  // the share sheet of Android takes only kinds it knows
  const shared = new File([saved], `${saved.name}.txt`, { type: "text/plain" });
  if (!navigator.canShare?.({ files: [shared] })) return false;
  await navigator.share({ files: [shared], title: saved.name });
  await setMeta("rescued", Date.now());
  return true;
}

export const canShare = () => Boolean(navigator.canShare?.({ files: [new File(["x"], "x.txt", { type: "text/plain" })] }));

const FEW = 5;
const packed = async (content) => `SIMPUL1:${base64url(await gzip(JSON.stringify(content)))}`;
const isFew = ({ events, photos }) => events.length && events.length <= FEW && !photos.length;

// `SIMPUL1:…` of a few records without photos, to be copied or sent as a message; "" if it would be too long
export async function asText() {
  const content = await rescue();
  return isFew(content) ? packed(content) : "";
}

// The same as texts that each fit into a code; each stands for itself. [] if they do not fit.
export async function asCodes() {
  const content = await rescue();
  if (!isFew(content)) return [];
  const pack = (events) => packed({ format: content.format, events });
  const codes = [];
  let group = [];
  for (const event of content.events) {
    if (group.length && (await pack([...group, event])).length > MOST) { codes.push(await pack(group)); group = []; }
    group.push(event);
  }
  codes.push(await pack(group));
  return codes.every((code) => code.length <= MOST) ? codes : [];
}

// A camera beside a number box: reads bar codes and QR codes where the browser can (BarcodeDetector), else one types.
import { el, icon } from "./page.js";
import { t } from "./words.js";

const FORMATS = ["qr_code", "code_128", "code_39", "ean_13", "ean_8", "codabar", "itf", "upc_a"];
const AGAIN = 3000;

let stop = () => {};
export const stopCamera = () => stop();

// Puts the button beside `input`; `found(text)` is called for each code. Without a detector nothing is shown.
export function camera(input, found) {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const button = el("button", { type: "button", class: "button button-quiet", "aria-expanded": "false", "aria-label": t("camera_open") }, icon("camera"));
  input.after(button);
  button.addEventListener("click", async () => {
    const wasOpen = button.getAttribute("aria-expanded") === "true";
    stop();
    if (!wasOpen) stop = await look(input, button, found);
  });
}

async function look(input, button, found) {
  const status = el("p", { role: "status", class: "help" }, t("camera_aim"));
  const place = el("div", { class: "camera stack-tight" }, status);
  input.closest(".field").append(place);
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
  } catch {
    status.textContent = t("camera_refused");
    return () => place.remove();
  }
  const known = await BarcodeDetector.getSupportedFormats();
  const detector = new BarcodeDetector({ formats: FORMATS.filter((format) => known.includes(format)) });
  const video = el("video", { muted: true, playsinline: true, width: "100%" });
  video.muted = true;
  video.srcObject = stream;
  place.prepend(video);
  video.play().catch(() => {});
  button.setAttribute("aria-expanded", "true");
  button.setAttribute("aria-label", t("camera_close"));
  let open = true, last = "", lastAt = 0;
  const end = () => {
    open = false;
    for (const track of stream.getTracks()) track.stop();
    place.remove();
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", t("camera_open"));
  };
  const tick = async () => {
    if (!open || !input.isConnected) { end(); return; }
    try {
      const [code] = await detector.detect(video);
      const text = code?.rawValue;
      if (text && (text !== last || Date.now() - lastAt > AGAIN)) {
        last = text;
        lastAt = Date.now();
        navigator.vibrate?.(60);
        await found(text);
      }
    } catch { /* a frame that cannot be read: the next one may */ }
    setTimeout(tick, 150);
  };
  tick();
  return end;
}

// A camera beside any input with `data-scan`: reads bar codes and QR codes into the box and sends its form.
// Where the browser has no BarcodeDetector or the page no HTTPS, there is no button and typing goes on.
"use strict";
(() => {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const english = document.documentElement.lang === "en";
  const WORDS = english
    ? { open: "Camera", close: "Close the camera", refused: "The camera may not be used. Allow it in the browser, or type.", aim: "Hold the code in front of the camera." }
    : { open: "Kamera", close: "Tutup kamera", refused: "Kamera tidak diizinkan. Izinkan di peramban, atau ketik saja.", aim: "Arahkan kamera ke kode." };
  const FORMATS = ["qr_code", "code_128", "code_39", "ean_13", "ean_8", "codabar", "itf", "upc_a"];
  const AGAIN = 3000; // the same code within these milliseconds is the same look

  const equip = (input) => {
    if (input.dataset.scanReady) return;
    input.dataset.scanReady = "1";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet";
    button.setAttribute("aria-expanded", "false");
    button.textContent = input.dataset.scan || WORDS.open;
    input.after(button);
    let stop = null;
    button.addEventListener("click", async () => {
      if (stop) { stop(); return; }
      stop = await look(input, button, () => {
        stop = null;
        button.textContent = input.dataset.scan || WORDS.open;
        button.setAttribute("aria-expanded", "false");
      });
    });
  };

  const look = async (input, button, closed) => {
    const place = document.createElement("div");
    place.className = "camera stack-tight";
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    said.className = "help";
    place.append(said);
    (input.closest(".search") || button).after(place);
    const known = await BarcodeDetector.getSupportedFormats();
    const detector = new BarcodeDetector({ formats: FORMATS.filter((format) => known.includes(format)) });
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
    } catch {
      said.textContent = WORDS.refused;
      setTimeout(() => place.remove(), 8000);
      closed();
      return null;
    }
    const video = document.createElement("video");
    video.muted = true;
    video.setAttribute("playsinline", "");
    video.setAttribute("width", "100%");
    video.srcObject = stream;
    place.prepend(video);
    video.play().catch(() => {}); // a camera that needs a while is shown when its first picture comes
    said.textContent = WORDS.aim;
    button.textContent = WORDS.close;
    button.setAttribute("aria-expanded", "true");

    let running = true, last = "", lastAt = 0;
    const end = () => {
      running = false;
      for (const track of stream.getTracks()) track.stop();
      place.remove();
      document.removeEventListener("visibilitychange", hide);
      closed();
    };
    const hide = () => { if (document.hidden) end(); };
    document.addEventListener("visibilitychange", hide);
    const tick = async () => {
      if (!running) return;
      try {
        const [code] = await detector.detect(video);
        const now = Date.now();
        if (code?.rawValue && (code.rawValue !== last || now - lastAt > AGAIN)) {
          input.value = code.rawValue;
          navigator.vibrate?.(60);
          input.form?.requestSubmit();
        }
        if (code?.rawValue) { last = code.rawValue; lastAt = now; }
      } catch { /* a frame that cannot be read: the next one may */ }
      setTimeout(tick, 150);
    };
    tick();
    return end;
  };

  const equipAll = (root) => { for (const input of root.querySelectorAll("input[data-scan]")) equip(input); };
  equipAll(document);
  document.addEventListener("htmx:load", (event) => equipAll(event.target.parentNode || document));
})();

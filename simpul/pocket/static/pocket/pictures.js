// A photo becomes small before it is kept: at most 1600 px and 400 KB, drawn anew, so that no place stays in it; smaller
// still where the phone is nearly full.
import { sha256 } from "./bytes.js";

const SIDE = 1600;
const SIZE = 400_000;

const blobOf = (canvas, quality) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));

// where the storage is full: pixels and bytes, tried one after the other before anything is refused
export const SMALLER = [[1280, 200_000], [1024, 110_000], [800, 60_000]];

// File or canvas -> {sha256, type, size, bytes, canvas}; throws if it is no picture
export async function shrink(source, most = SIDE, size = SIZE) {
  const bitmap = await createImageBitmap(source, { imageOrientation: "from-image" });
  let side = Math.min(most, Math.max(bitmap.width, bitmap.height));
  for (;;) {
    const scale = side / Math.max(bitmap.width, bitmap.height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.82, 0.7, 0.55, 0.4]) {
      const blob = await blobOf(canvas, quality);
      if (blob && (blob.size <= size || (quality === 0.4 && side <= 400))) {
        const bytes = await blob.arrayBuffer();
        bitmap.close();
        return { sha256: await sha256(bytes), type: "image/jpeg", size: bytes.byteLength, bytes, canvas };
      }
    }
    side = Math.round(side * 0.75);
  }
}

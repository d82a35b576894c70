// A QR code from a short text, as an SVG. Written here because no package that this house installs brings an encoder for
// the browser, and a copied one would weigh five times as much. Byte mode, level L, versions 1 to 20 (up to 858 bytes):
// what a phone's screen can show and another phone can read. ISO/IEC 18004; a journey holds its matrices beside segno's.
import { toBytes } from "./bytes.js";

// error correction words in a block, and blocks, of level L from version 1
const WORDS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];

const MASKS = [
  (x, y) => (x + y) % 2, (x, y) => y % 2, (x) => x % 3, (x, y) => (x + y) % 3, (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3), (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
]; // a module is turned where the answer is 0

// how many modules of a version carry words: all but finders, timing, alignment, format and version
function room(version) {
  const aligned = version > 1 ? Math.floor(version / 7) + 2 : 0;
  return (16 * version + 128) * version + 64 - (aligned ? (25 * aligned - 10) * aligned - 55 : 0) - (version > 6 ? 36 : 0);
}
const words = (version) => Math.floor(room(version) / 8);
const dataWords = (version) => words(version) - WORDS[version - 1] * BLOCKS[version - 1];
const header = (version) => 4 + (version > 9 ? 16 : 8);

export const MOST = Math.floor((dataWords(WORDS.length) * 8 - header(WORDS.length)) / 8);

// Reed and Solomon's remainder over GF(256), polynomial 0x11d
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((b >>> bit) & 1) * a);
  return product;
}
function generator(degree) {
  const made = new Array(degree).fill(0);
  made[degree - 1] = 1;
  for (let n = 0, root = 1; n < degree; n++, root = times(root, 2)) {
    for (let at = 0; at < degree; at++) made[at] = times(made[at], root) ^ (made[at + 1] ?? 0);
  }
  return made;
}
function remainder(data, divisor) {
  const rest = new Array(divisor.length).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((one, at) => { rest[at] ^= times(one, factor); });
  }
  return rest;
}

function codewords(bytes, version) {
  const bits = [];
  const put = (value, n) => { for (let at = n - 1; at >= 0; at--) bits.push((value >>> at) & 1); };
  put(4, 4);
  put(bytes.length, version > 9 ? 16 : 8);
  for (const byte of bytes) put(byte, 8);
  const all = dataWords(version) * 8;
  put(0, Math.min(4, all - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < all; pad ^= 0xec ^ 0x11) put(pad, 8);
  const data = [];
  for (let at = 0; at < bits.length; at += 8) data.push(parseInt(bits.slice(at, at + 8).join(""), 2));

  const [blocks, divisor] = [BLOCKS[version - 1], generator(WORDS[version - 1])];
  const short = Math.floor(data.length / blocks);
  const shorts = blocks - (data.length % blocks);
  const parts = [];
  for (let n = 0, at = 0; n < blocks; n++) {
    const part = data.slice(at, at += short + (n >= shorts ? 1 : 0));
    parts.push([part, remainder(part, divisor)]);
  }
  const woven = [];
  for (let at = 0; at <= short; at++) for (const [part] of parts) if (at < part.length) woven.push(part[at]);
  for (let at = 0; at < divisor.length; at++) for (const [, check] of parts) woven.push(check[at]);
  return woven;
}

function alignment(version, size) {
  if (version === 1) return [];
  const n = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + n * 3 + 5) / (n * 4 - 4)) * 2;
  return [6, ...Array.from({ length: n - 1 }, (_, at) => size - 7 - at * step).reverse()];
}

// -> {modules, fixed}: rows of 0 and 1; fixed: what carries no data
function frame(version) {
  const size = version * 4 + 17;
  const modules = Array.from({ length: size }, () => new Array(size).fill(0));
  const fixed = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (x, y, dark) => { if (x >= 0 && y >= 0 && x < size && y < size) { modules[y][x] = dark ? 1 : 0; fixed[y][x] = true; } };
  for (let n = 0; n < size; n++) { set(6, n, n % 2 === 0); set(n, 6, n % 2 === 0); }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      set(cx + dx, cy + dy, ring !== 2 && ring !== 4);
    }
  }
  const places = alignment(version, size);
  for (const cx of places) for (const cy of places) {
    if ((cx === 6 && (cy === 6 || cy === size - 7)) || (cy === 6 && cx === size - 7)) continue;
    for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }
  writeFormat(set, size, 0);
  if (version > 6) {
    let rest = version;
    for (let n = 0; n < 12; n++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (version << 12) | rest;
    for (let n = 0; n < 18; n++) {
      const [a, b] = [size - 11 + (n % 3), Math.floor(n / 3)];
      set(a, b, (bits >>> n) & 1);
      set(b, a, (bits >>> n) & 1);
    }
  }
  return { modules, fixed, size, set };
}

function writeFormat(set, size, mask) {
  const data = (1 << 3) | mask; // level L
  let rest = data;
  for (let n = 0; n < 10; n++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const bits = ((data << 10) | rest) ^ 0x5412;
  const bit = (n) => (bits >>> n) & 1;
  for (let n = 0; n < 6; n++) set(8, n, bit(n));
  set(8, 7, bit(6));
  set(8, 8, bit(7));
  set(7, 8, bit(8));
  for (let n = 9; n < 15; n++) set(14 - n, 8, bit(n));
  for (let n = 0; n < 8; n++) set(size - 1 - n, 8, bit(n));
  for (let n = 8; n < 15; n++) set(8, size - 15 + n, bit(n));
  set(8, size - 8, 1);
}

function writeData({ modules, fixed, size }, data) {
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) for (const x of [right, right - 1]) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      if (!fixed[y][x] && at < data.length * 8) { modules[y][x] = (data[at >>> 3] >>> (7 - (at & 7))) & 1; at++; }
    }
  }
}

// The standard's marks for what a reader stumbles over: long runs, blocks, patterns like a finder, too dark or too light.
function penalty(rows) {
  const size = rows.length;
  let sum = 0, dark = 0;
  for (const lines of [rows, rows[0].map((_, x) => rows.map((row) => row[x]))]) {
    for (const line of lines) {
      const text = line.join("");
      for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) sum += run.length - 2;
      for (const _ of text.matchAll(/(?=00001011101|10111010000)/g)) sum += 40;
    }
  }
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
    dark += rows[y][x];
    if (x && y && rows[y][x] === rows[y][x - 1] && rows[y][x] === rows[y - 1][x] && rows[y][x] === rows[y - 1][x - 1]) sum += 3;
  }
  return sum + Math.floor(Math.abs(dark / size / size - 0.5) * 20) * 10;
}

// text -> {version, mask, rows}; RangeError if it is too long
export function matrix(text) {
  const bytes = toBytes(text);
  let version = 1;
  while (version <= WORDS.length && header(version) + bytes.length * 8 > dataWords(version) * 8) version++;
  if (version > WORDS.length) throw new RangeError("too long for a code");
  const data = codewords(bytes, version);
  let best = null;
  MASKS.forEach((turns, mask) => {
    const made = frame(version);
    writeData(made, data);
    for (let y = 0; y < made.size; y++) for (let x = 0; x < made.size; x++) if (!made.fixed[y][x] && turns(x, y) === 0) made.modules[y][x] ^= 1;
    writeFormat(made.set, made.size, mask);
    const marks = penalty(made.modules);
    if (!best || marks < best.marks) best = { version, mask, marks, rows: made.modules };
  });
  return best;
}

// Dark on white, also at night: readers expect it. With the quiet border of four modules.
export function drawn(text, label) {
  const { rows } = matrix(text);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const side = rows.length + 8;
  for (const [key, value] of Object.entries({ viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": label, class: "code", "shape-rendering": "crispEdges" })) svg.setAttribute(key, value);
  const path = (d, fill) => {
    const one = document.createElementNS("http://www.w3.org/2000/svg", "path");
    one.setAttribute("d", d);
    one.setAttribute("fill", fill);
    svg.append(one);
  };
  path(`M0 0h${side}v${side}H0z`, "#fff");
  path(rows.map((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : "")).join("")).join(""), "#000");
  return svg;
}

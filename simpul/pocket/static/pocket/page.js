// Small things that every screen needs.
import { NotPaired, append, undo } from "./ledger.js";
import { t } from "./words.js";
import { remindLater, soon } from "./sender.js";

const ICONS = document.body.dataset.icons;
const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ class: "icon", width: 24, height: 24, "aria-hidden": "true" })) svg.setAttribute(key, value);
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${ICONS}#${name}`);
  svg.append(use);
  return svg;
}

// el("p", {class: "muted"}, "words", other): nothing is ever read as markup
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const copy = (name) => document.getElementById(`bagian-${name}`).content.cloneNode(true);

export function screen(name) {
  const root = el("div", { class: "stack screen" });
  root.append(document.getElementById(`layar-${name}`).content.cloneNode(true));
  for (const place of root.querySelectorAll("[data-copy]")) {
    place.replaceWith(copy(place.dataset.copy));
  }
  for (const row of root.querySelectorAll("[data-age]")) { // a stepper for each sex: written once in the shell
    const steppers = copy("stepper");
    for (const one of steppers.querySelectorAll("[aria-label]")) one.setAttribute("aria-label", one.getAttribute("aria-label").replace("{age}", row.dataset.label));
    for (const input of steppers.querySelectorAll("input")) input.dataset.cell += `|${row.dataset.age}`;
    row.append(steppers);
  }
  return root;
}

export const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

// a notice inside the screen: kind "" (good), "attention" or "stop"
export function notice(place, text, kind = "attention") {
  place.replaceChildren();
  if (text) place.append(el("p", { class: `notice${kind ? ` notice-${kind}` : ""}` }, text));
}

const bar = document.getElementById("urungan");
let hiding = 0;

// Says what was recorded and offers to take it back: for 8 seconds here, all day under "Catatan hari ini".
export function said(text, id = "", undone = null) {
  clearTimeout(hiding);
  bar.replaceChildren(el("p", {}, icon("check"), el("span", {}, text)));
  if (id) {
    const button = el("button", { class: "button button-quiet", type: "button" }, icon("undo"), t("undo"));
    button.addEventListener("click", async () => {
      button.disabled = true;
      await takeBack(id, text, undone);
    }, { once: true });
    bar.append(button);
  }
  bar.hidden = false;
  hiding = setTimeout(() => { bar.hidden = true; }, 8000);
}

export async function takeBack(id, text, undone = null) {
  try {
    await undo(id, text);
    undone?.();
    said(t("taken_back", { what: text }));
    soon();
  } catch (fault) { failed(fault); }
}

export const faults = { show: () => {} }; // set by the app: what to say when the phone cannot keep a record

export function failed(fault) {
  if (fault instanceof NotPaired) faults.show("unpaired");
  else if (fault?.name === "QuotaExceededError") faults.show("full");
  else { console.error(fault); faults.show("broken"); }
}

// Records, says so with undo, and sends. -> the id, or null if nothing was kept (then the screen keeps what was typed)
// smaller: what to try where the storage is full, () -> [payload, photos] or null
export async function record(kind, payload, label, { photos = [], undone = null, smaller = null } = {}) {
  try {
    const { id } = await append(kind, payload, { label, photos });
    navigator.vibrate?.(30);
    said(label, id, undone);
    soon();
    remindLater();
    return id;
  } catch (fault) {
    const lighter = fault?.name === "QuotaExceededError" ? await smaller?.() : null;
    if (lighter) return record(kind, lighter[0], label, { photos: lighter[1], undone, smaller });
    failed(fault);
    return null;
  }
}

// A form that records once per press, even when pressed twice
export function onSubmit(form, work) {
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    try { await work(new FormData(form)); } finally { busy = false; }
  });
}

// Steppers: minus and plus beside a number; the sum is said at once
export function steppers(root, changed = () => {}) {
  const inputs = [...root.querySelectorAll("input[data-cell]")];
  const value = (input) => Math.min(999, Math.max(0, parseInt(input.value, 10) || 0));
  const sum = () => inputs.reduce((total, input) => total + value(input), 0);
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const input = button.parentElement.querySelector("input");
    input.value = Math.min(999, Math.max(0, value(input) + Number(button.dataset.step)));
    changed(sum());
  });
  root.addEventListener("input", () => changed(sum()));
  root.addEventListener("focusin", (event) => { if (event.target.dataset?.cell) event.target.select(); });
  return {
    sum,
    cells: () => inputs.filter((input) => value(input)).map((input) => {
      const [sex, age_group] = input.dataset.cell.split("|");
      return { sex, age_group, n: value(input) };
    }),
    clear: () => { for (const input of inputs) input.value = "0"; changed(0); },
  };
}

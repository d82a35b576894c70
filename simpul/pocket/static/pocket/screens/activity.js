// Sessions: who is there, who came along, how many.
import { lines } from "../ledger.js";
import { el, icon, notice, onSubmit, part, record, screen, steppers } from "../page.js";
import { camera } from "../scan.js";
import { snapshot } from "../snapshot.js";
import { dayName, hour, t } from "../words.js";

const hours = (one) => `${hour(one.starts_at)}–${hour(one.ends_at)}`;

export async function sessions() {
  const root = screen("kegiatan");
  let shown = null;
  const draw = async () => {
    const { sessions: planned } = await snapshot();
    if (shown === planned) return;
    shown = planned;
    const today = new Date().toDateString();
    const isToday = (one) => new Date(one.starts_at).toDateString() === today;
    const days = new Map();
    for (const one of [...planned].sort((a, b) => isToday(b) - isToday(a) || Date.parse(a.starts_at) - Date.parse(b.starts_at))) {
      const day = isToday(one) ? t("today") : dayName(one.starts_at);
      days.set(day, [...(days.get(day) ?? []), one]);
    }
    const sections = [...days].map(([day, list]) => el("section", { class: "stack-tight" }, el("h2", {}, day), el("ul", { class: "list" }, ...list.map(entry))));
    part(root, "sessions").replaceChildren(...(sections.length ? sections : [el("p", { class: "muted" }, t("no_sessions"))]));
  };
  root.addEventListener("berubah", draw);
  await draw();
  return root;
}

const entry = (one) => el("li", {}, el("a", { class: "list-link", href: `#/sesi/${one.id}` },
  el("span", {}, el("strong", {}, hours(one)), ` ${one.title}`, one.space ? el("span", { class: "muted small" }, ` · ${one.space}`) : null), icon("next")));

// what this phone has recorded of a session since: registration -> state
async function recordedHere(id) {
  const found = new Map();
  for (const line of (await lines()).reverse()) {
    if (line.kind === "attendance.marked" && !line.undone && line.payload.session === id) found.set(line.payload.registration, line.payload.state);
  }
  return found;
}

export async function session(id, done) {
  const root = screen("sesi");
  const one = (await snapshot()).sessions.find((each) => each.id === id);
  if (!one) { done("kegiatan"); return root; }
  part(root, "title").textContent = one.title;
  part(root, "when").textContent = `${dayName(one.starts_at)}, ${hours(one)}${one.space ? ` · ${one.space}` : ""}`;
  part(root, "report").setAttribute("href", `#/laporan/${id}`);
  const states = new Map((one.people ?? []).map(([registration, , state]) => [registration, state]));
  const buttons = new Map();

  const draw = async () => {
    const here = await recordedHere(id);
    let present = 0;
    for (const [registration, button] of buttons) {
      const state = here.get(registration) ?? states.get(registration);
      button.setAttribute("aria-pressed", String(state === "present"));
      button.querySelector(".person-note").textContent = state === "excused" ? ` · ${t("state_excused")}` : "";
      if (state === "present") present++;
    }
    part(root, "sum").textContent = buttons.size ? t("present_of", { present, all: buttons.size }) : "";
  };
  for (const [registration, name] of one.people ?? []) {
    const button = el("button", { type: "button", class: "person", "aria-pressed": "false" }, el("span", {}, name, el("span", { class: "person-note muted" })),
      el("span", { class: "person-mark" }, icon("check")));
    button.addEventListener("click", async () => {
      const state = button.getAttribute("aria-pressed") === "true" ? "absent" : "present";
      await record("attendance.marked", { session: id, registration, state }, t(state, { who: name }), { undone: draw });
      await draw();
    });
    buttons.set(registration, button);
    part(root, "people").append(el("li", {}, button));
  }
  if (!buttons.size) part(root, "people").replaceWith(el("p", { class: "muted" }, t("no_people")));

  const scan = part(root, "scan");
  const came = async (text) => {
    if (!text.trim()) return;
    if (await record("attendance.scanned", { session: id, text: text.trim() }, t("scanned", { what: text.trim().slice(-12) }))) scan.reset();
    scan.elements.text.focus();
  };
  onSubmit(scan, (data) => came(data.get("text")));
  camera(scan.elements.text, came);

  const walk = part(root, "walkin");
  walk.addEventListener("submit", (event) => event.preventDefault());
  for (const button of walk.querySelectorAll(".cell-button")) {
    button.addEventListener("click", async () => {
      const [sex, age_group] = button.dataset.cell.split("|");
      const name = walk.elements.name.value.trim();
      const who = name || `${button.querySelector(".cell-sex").textContent} ${button.querySelector(".cell-age").textContent}`;
      if (await record("attendance.walked_in", { session: id, name, sex, age_group }, t("walked_in", { who }))) walk.reset();
    });
  }
  heads(part(root, "count"), id);
  root.addEventListener("tampil", draw);
  root.addEventListener("berubah", draw);
  await draw();
  return root;
}

function heads(form, id) {
  const button = part(form, "total");
  const counted = steppers(part(form, "cells"), (n) => {
    button.textContent = n ? t("total", { n }) : t("total_none");
    notice(part(form, "warning"), "");
  });
  onSubmit(form, async () => {
    const n = counted.sum();
    if (!n) { notice(part(form, "warning"), t("count_missing")); return; }
    if (await record("attendance.counted", { session: id, cells: counted.cells() }, t("counted", { n }))) counted.clear();
  });
}

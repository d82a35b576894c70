// Visits: one tap a person, a card, or many at once.
import { lines } from "../ledger.js";
import { el, notice, onSubmit, part, record, screen, steppers } from "../page.js";
import { camera } from "../scan.js";
import { cardOf, number } from "../snapshot.js";
import { t } from "../words.js";

const nameOf = (button) => `${button.querySelector(".cell-sex").textContent} ${button.querySelector(".cell-age").textContent}`;

export async function visit() {
  const root = screen("pengunjung");
  const purpose = root.querySelector("#keperluan");
  const computer = root.querySelector("#komputer");
  const more = () => ({ purpose: purpose.value, used_ict: computer.checked });
  const next = () => { purpose.value = ""; computer.checked = false; };

  for (const button of root.querySelectorAll(".cell-button")) {
    button.addEventListener("click", async () => {
      const [sex, age_group] = button.dataset.cell.split("|");
      if (await record("visit.recorded", { sex, age_group, card: "", ...more() }, t("visit", { who: nameOf(button) }))) next();
    });
  }

  const form = part(root, "card");
  const input = form.querySelector("input");
  const write = async (text) => {
    if (!text.trim()) return;
    const card = await cardOf(text);
    const who = card?.name ?? number(text);
    if (!(await record("visit.recorded", { sex: "", age_group: "", card: number(text), ...more() }, t("visit_card", { who })))) return;
    next();
    notice(part(root, "warning"), card ? "" : t("card_unknown"));
    input.value = "";
    input.focus();
  };
  onSubmit(form, (data) => write(data.get("card")));
  camera(input, write);

  const count = async () => {
    const today = new Map();
    for (const line of await lines()) {
      if (line.kind !== "visit.recorded" || line.undone || line.payload.card) continue;
      const key = `${line.payload.sex}|${line.payload.age_group}`;
      today.set(key, (today.get(key) ?? 0) + 1);
    }
    for (const button of root.querySelectorAll(".cell-button")) {
      const n = today.get(button.dataset.cell);
      let badge = button.querySelector(".cell-today");
      if (!badge && n) { badge = el("span", { class: "cell-today" }); button.append(badge); }
      if (badge) badge.textContent = n ? `${n}` : "";
    }
  };
  root.addEventListener("tampil", count);
  root.addEventListener("berubah", count);
  return root;
}

export async function tally(_, done) {
  const root = screen("rombongan");
  const button = part(root, "total");
  const counted = steppers(part(root, "cells"), (n) => {
    button.textContent = n ? t("total", { n }) : t("total_none");
    notice(part(root, "warning"), "");
  });
  onSubmit(part(root, "form"), async () => {
    const n = counted.sum();
    if (!n) { notice(part(root, "warning"), t("count_missing")); return; }
    if (await record("visit.tallied", { cells: counted.cells() }, t("tally", { n }))) done("pengunjung");
  });
  return root;
}

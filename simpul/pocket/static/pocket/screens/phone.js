// What was recorded today and what became of it; what this phone keeps, how to take it along, how to let it go.
import { sentence } from "../app.js";
import { APP, dayOf, lines, tally } from "../ledger.js";
import { el, icon, notice, onSubmit, part, screen, takeBack } from "../page.js";
import { seemsPrivate } from "../pairing.js";
import { drawn } from "../qr.js";
import { carried, takeOver } from "../relay.js";
import { asCodes, asText, canShare, saveFile, shareFile } from "../rescue.js";
import { camera } from "../scan.js";
import { leave, state, wake } from "../sender.js";
import { meta } from "../store.js";
import { dayName, hour, megabytes, t } from "../words.js";

const LOOK = { "": ["clock", ""], applied: ["check", "good"], applied_flagged: ["note", "attention"], held: ["clock", "attention"], quarantined: ["stop", "attention"] };

export async function records() {
  const root = screen("hari-ini");
  const draw = async () => {
    const rows = await lines();
    const now = await tally();
    part(root, "sentence").textContent = !rows.length && !now.waiting ? "" : sentence(now) + (now.waiting && state.says ? ` · ${state.says}` : "");
    const nothing = part(root, "nothing");
    nothing.hidden = rows.length > 0;
    nothing.textContent = t("nothing_today");
    part(root, "records").replaceChildren(...rows.map(row));
  };
  root.addEventListener("tampil", () => { wake(); return draw(); });
  root.addEventListener("berubah", draw);
  return root;
}

function row(line) {
  const [mark, tone] = LOOK[line.state] ?? LOOK[""];
  const when = line.day === dayOf() ? hour(line.at) : dayName(line.at);
  const state = el("span", { class: `record-state${tone ? ` record-${tone}` : ""}` }, icon(mark), t(`state_${line.state}`));
  const what = el("span", {}, line.undone ? el("s", {}, line.label) : line.label, el("br"), state, line.undone ? el("span", { class: "chip" }, t("sure_undone")) : null);
  const button = line.undone ? null : el("button", { type: "button", class: "icon-link button-quiet button", "aria-label": `${t("undo")}: ${line.label}`,
    onclick: (event) => { event.currentTarget.disabled = true; takeBack(line.id, line.label); } }, icon("undo"));
  return el("li", {}, el("span", { class: "num muted" }, when), what, button, line.says ? el("p", { class: "record-says" }, line.says) : null);
}

export async function phone() {
  const root = screen("telepon");
  const device = await meta("device");
  part(root, "whose").textContent = [device.name, device.account_name, device.library.name].filter(Boolean).join(" · ");
  part(root, "expires").textContent = t("expires", { day: dayName(device.expires_at) });
  part(root, "version").textContent = `Simpul ${APP}`;
  const draw = async () => {
    const { usage } = await navigator.storage.estimate();
    part(root, "size").textContent = t("size", { size: megabytes(usage) });
    const now = await tally();
    part(root, "waiting").textContent = now.waiting || now.photos ? sentence(now) : t("nothing_waits");
    part(root, "rescue").hidden = !now.waiting && !now.photos;
    const others = await carried();
    notice(part(root, "carried"), others ? t("carried", { n: others }) : "", "");
  };
  const keeps = await navigator.storage.persisted();
  const isPrivate = await seemsPrivate();
  notice(part(root, "kept"), isPrivate ? t("private") : keeps ? t("kept") : t("not_kept"), isPrivate ? "stop" : keeps ? "" : "attention");

  const told = part(root, "rescued");
  part(root, "save").addEventListener("click", async () => notice(told, t("saved_file", { name: (await saveFile()).name }), ""));
  part(root, "share").hidden = !canShare();
  part(root, "share").addEventListener("click", () => shareFile().catch(() => {}));
  part(root, "copy").addEventListener("click", async () => {
    const text = await asText();
    if (!text) { notice(told, t("text_too_long")); return; }
    await navigator.clipboard.writeText(text);
    notice(told, t("copied"), "");
  });
  part(root, "show").addEventListener("click", async () => {
    const codes = await asCodes();
    if (codes.length) showCodes(part(root, "codes"), codes); else notice(told, t("text_too_long"));
  });
  takingOver(part(root, "take"), part(root, "taken"), draw);
  part(root, "leave").addEventListener("click", async (event) => {
    const now = await tally();
    const saved = (await meta("rescued")) ?? 0;
    const isTaken = now.latest && saved > now.latest;
    if ((now.waiting || now.photos) && !isTaken) { notice(part(root, "leaving"), t("leave_waits")); return; }
    event.currentTarget.disabled = true;
    await leave();
  });
  root.addEventListener("tampil", draw);
  root.addEventListener("berubah", draw);
  return root;
}

// One code after the other; the person goes on when the other phone has read it.
function showCodes(place, codes, n = 0) {
  const name = codes.length > 1 ? t("code_of", { n: n + 1, all: codes.length }) : t("code");
  const next = el("button", { type: "button", class: "button button-quiet button-wide", onclick: () => showCodes(place, codes, (n + 1) % codes.length) }, t("code_next"));
  place.replaceChildren(drawn(codes[n], name), el("p", {}, name), el("p", { class: "muted small" }, t("code_help")), codes.length > 1 ? next : "");
  if (n || place.contains(document.activeElement)) next.focus();
}

function takingOver(form, told, draw) {
  const take = async (text) => {
    let n = 0;
    try { n = await takeOver(text); } catch { /* said below */ }
    notice(told, n ? t("taken_over", { n }) : t("not_code"), n ? "" : "attention");
    if (!n) return;
    form.reset();
    wake();
    await draw();
  };
  onSubmit(form, (data) => take(data.get("text")));
  camera(form.elements.text, take);
}

// What happened, with photos: they are made small before anything is kept, and wait apart from the words.
import { dayOf } from "../ledger.js";
import { el, icon, notice, onSubmit, part, record, screen, steppers } from "../page.js";
import { SMALLER, shrink } from "../pictures.js";
import { snapshot } from "../snapshot.js";
import { dayName, t } from "../words.js";

const MOST = 6;

export async function report(id, done) {
  const root = screen("laporan");
  const form = part(root, "form");
  const planned = (await snapshot()).sessions.find((one) => one.id === id) ?? null;
  part(root, "about").textContent = planned ? `${planned.title}, ${dayName(planned.starts_at)}` : "";
  part(root, "unplanned").hidden = Boolean(planned);
  form.elements.day.value = form.elements.day.max = dayOf();
  const counted = steppers(part(root, "cells"));
  const photos = [];
  const warning = part(root, "warning");

  const draw = () => {
    part(root, "notice").hidden = !photos.length;
    part(root, "photos").replaceChildren(...photos.map((photo, n) => {
      photo.canvas.setAttribute("role", "img");
      photo.canvas.setAttribute("aria-label", t("photo_alt", { n: n + 1 }));
      return el("li", {}, photo.canvas, el("button", { type: "button", class: "button button-quiet", "aria-label": t("photo_remove", { n: n + 1 }),
        onclick: () => { photos.splice(n, 1); draw(); } }, icon("undo")));
    }));
  };
  root.querySelector("#laporan-foto").addEventListener("change", async (event) => {
    notice(warning, "");
    for (const file of event.target.files) {
      if (photos.length === MOST) { notice(warning, t("photo_more")); break; }
      try {
        const photo = await shrink(file);
        if (!photos.some((other) => other.sha256 === photo.sha256)) photos.push(photo);
      } catch {
        notice(warning, t("photo_unreadable", { name: file.name }));
      }
    }
    event.target.value = "";
    draw();
  });

  const wrong = (text, field) => { notice(warning, text); field?.focus(); };
  onSubmit(form, async (data) => {
    notice(warning, "");
    const [summary, title] = [data.get("summary").trim(), data.get("title").trim()];
    const told = data.get("has_notice");
    if (!planned && !title) return wrong(t("title_missing"), form.elements.title);
    if (!summary) return wrong(t("summary_missing"), form.elements.summary);
    if (photos.length && told === null) return wrong(t("notice_missing"), form.querySelector("[name=has_notice]"));
    const made = () => [{
      session: planned ? planned.id : null, ...(planned ? {} : { title, day: data.get("day") || dayOf() }),
      summary, cells: counted.cells(), has_notice: told === "1",
      photos: photos.map(({ sha256, type, size }) => ({ sha256, type, size })),
    }, photos.map(({ sha256, type, size, bytes }) => ({ sha256, type, size, bytes }))];
    const steps = photos.length ? [...SMALLER] : [];
    const smaller = async () => { // the phone is full: smaller photos rather than none
      const [side, size] = steps.shift() ?? [];
      if (!side) return null;
      for (const [n, { canvas }] of photos.entries()) photos[n] = await shrink(canvas, side, size);
      return made();
    };
    const [payload, kept] = made();
    if (await record("activity.reported", payload, t("reported", { what: planned?.title ?? title }), { photos: kept, smaller })) done("kegiatan");
    return undefined;
  });
  return root;
}

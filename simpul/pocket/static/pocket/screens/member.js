// A new member in short. A child's guardian is asked for as on the library's own page: by the birth year.
import { notice, onSubmit, part, record, screen } from "../page.js";
import { camera } from "../scan.js";
import { namesakes, number } from "../snapshot.js";
import { t } from "../words.js";

const CHILD = 17; // the 18th year counts as a child's until it is over, as simpul/people has it

const yearOf = (text) => (/^\d{4}$/.test(text.trim()) ? Number(text) : null);

export async function member(_, done) {
  const root = screen("anggota");
  const form = part(root, "form");
  const fields = form.elements;

  const isChild = () => {
    const year = yearOf(fields.birth_year.value);
    return year !== null && new Date().getFullYear() - year <= CHILD;
  };
  const look = async () => {
    part(root, "guardian").hidden = !isChild();
    const agreement = root.querySelector('[data-consent="child_membership"]');
    agreement.hidden = !isChild();
    if (!isChild()) agreement.querySelector("input").checked = false;
    const [same] = await namesakes(fields.name.value, yearOf(fields.birth_year.value));
    notice(part(root, "namesake"), same ? t("namesake", { who: same.name, card: same.card }) : "");
  };
  fields.birth_year.addEventListener("input", look);
  fields.name.addEventListener("change", look);
  camera(fields.card, async (text) => { fields.card.value = number(text); fields.name.focus(); });

  const wrong = (field, text) => {
    notice(part(root, "warning"), text);
    field.setAttribute("aria-invalid", "true");
    field.closest(".field").classList.add("field-wrong");
    field.focus();
  };
  onSubmit(form, async (data) => {
    for (const field of root.querySelectorAll(".field-wrong")) field.classList.remove("field-wrong");
    for (const field of root.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    notice(part(root, "warning"), "");
    const name = data.get("name").trim().replace(/\s+/g, " ");
    const year = yearOf(data.get("birth_year"));
    if (!name) { wrong(fields.name, t("name_missing")); return; }
    if (!year || year > new Date().getFullYear() || year < 1900) { wrong(fields.birth_year, t("year_wrong")); return; }
    const child = isChild();
    const payload = {
      card: number(data.get("card")), name, sex: data.get("sex") ?? "", birth_year: year, phone: data.get("phone").trim(),
      guardian_name: child ? data.get("guardian_name").trim() : "", guardian_phone: child ? data.get("guardian_phone").trim() : "",
      consents: data.getAll("consents"),
    };
    if (await record("member.enrolled", payload, t("enrolled", { who: name }))) done("");
  });
  return root;
}

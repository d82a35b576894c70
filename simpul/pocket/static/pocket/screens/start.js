// The first screen: five nouns, and the session that runs now.
import { el, icon, part, screen } from "../page.js";
import { snapshot } from "../snapshot.js";
import { hour } from "../words.js";

const AROUND = 3600_000; // a session shows an hour before it begins and an hour after it ends

export async function start() {
  const root = screen("mulai");
  let shown = null;
  const draw = async () => {
    const { sessions } = await snapshot();
    if (shown === sessions) return;
    shown = sessions;
    const now = Date.now();
    const near = sessions.filter((one) => Date.parse(one.starts_at) - AROUND < now && now < Date.parse(one.ends_at) + AROUND);
    const place = part(root, "next");
    place.hidden = !near.length;
    place.replaceChildren(...near.slice(0, 2).map((one) => el("a", { class: "list-link", href: `#/sesi/${one.id}` }, icon("clock"),
      el("span", {}, el("strong", {}, hour(one.starts_at)), ` ${one.title}`), icon("next"))));
  };
  root.addEventListener("berubah", draw);
  await draw();
  return root;
}

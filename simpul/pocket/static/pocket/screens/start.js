// The first screen: five nouns, and the session that runs now.
import { el, icon, part, screen } from "../page.js";
import { snapshot } from "../snapshot.js";
import { hour } from "../words.js";

export async function start() {
  const root = screen("mulai");
  const now = Date.now();
  const { sessions } = await snapshot();
  const near = sessions.filter((one) => Date.parse(one.starts_at) - now < 3600_000 && Date.parse(one.ends_at) > now - 3600_000);
  const place = part(root, "next");
  for (const one of near.slice(0, 2)) {
    place.append(el("a", { class: "list-link", href: `#/sesi/${one.id}` }, icon("clock"),
      el("span", {}, el("strong", {}, hour(one.starts_at)), ` ${one.title}`), icon("next")));
  }
  place.hidden = !near.length;
  return root;
}

// The app's words in the reader's language, from the shell.
const words = JSON.parse(document.getElementById("kata").textContent);
export const language = document.documentElement.lang || "id";

// t("waits", {n: 3}): a pair of forms is chosen by n
export function t(key, values = {}) {
  let text = words[key];
  if (Array.isArray(text)) text = text[values.n === 1 ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? number(values[name]) : values[name] ?? ""));
}

export const number = (n) => n.toLocaleString(language);
export const hour = (at) => new Date(at).toLocaleTimeString(language === "en" ? "en-GB" : "id-ID", { hour: "2-digit", minute: "2-digit" });
export const dayName = (at) => new Date(at).toLocaleDateString(language === "en" ? "en-GB" : "id-ID", { weekday: "long", day: "numeric", month: "long" });
export const megabytes = (bytes) => `${(bytes / 1_000_000).toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;

// The little that recording needs to know of the library: cards, open loans, sessions, words. Encrypted on the phone.
import { signed } from "./node.js";
import { all, ask, meta, read, write } from "./store.js";
import { seal, unseal } from "./vault.js";

const PARTS = ["cards", "loans", "sessions", "words"];
let known = null;

export const forgetKnown = () => { known = null; };

// {cards: Map(number -> {name, year}), loans: Map(copy -> {title, card, due}), sessions: […], words: {…}}
export async function snapshot() {
  if (known) return known;
  const parts = {};
  for (const part of await all("parts")) parts[part.name] = await unseal(part);
  known = {
    cards: new Map((parts.cards ?? []).flatMap(([card, name, year, member]) => {
      const row = { name, year: year ?? null };
      return member ? [[card, row], [member, row]] : [[card, row]];
    })),
    loans: new Map((parts.loans ?? []).map(([copy, title, card, due]) => [copy, { title, card, due }])),
    sessions: parts.sessions ?? [],
    words: parts.words ?? {},
    isThere: "cards" in parts,
  };
  return known;
}

export async function refreshSnapshot() {
  const tags = (await meta("tags")) ?? {};
  const have = PARTS.filter((name) => tags[name]).map((name) => `${name}:${tags[name]}`).join(",");
  const answer = await signed("GET", `/api/sync/snapshot?have=${encodeURIComponent(have)}`, { patience: 60_000 });
  const sealed = [];
  for (const [name, part] of Object.entries(answer.parts ?? {})) {
    if (PARTS.includes(name)) sealed.push({ name, tag: part.tag, ...(await seal(part.data)) });
  }
  await write(["parts", "meta"], async (store) => {
    for (const part of sealed) store("parts").put(part);
    store("meta").put(answer.tags ?? {}, "tags");
    store("meta").delete("unknown");
    const device = await ask(store("meta").get("device"));
    if (device && answer.expires_at) store("meta").put({ ...device, expires_at: answer.expires_at }, "device");
  });
  if (sealed.length) known = null;
}

export const snapshotSize = async () => (await read(["parts"], (store) => ask(store("parts").getAll())))
  .reduce((sum, part) => sum + part.sealed.byteLength, 0);

// What a scanner or a person gives: the number is what stands after the last colon.
export const number = (text) => text.trim().split(":").pop().trim();

export async function cardOf(text) {
  const { cards } = await snapshot();
  return cards.get(text.trim()) ?? cards.get(number(text)) ?? null;
}

const plain = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

// Members of this library with the same name; the birth year decides where both are known.
export async function namesakes(name, year) {
  const { cards } = await snapshot();
  const wanted = plain(name);
  if (!wanted) return [];
  return [...cards].filter(([, card]) => plain(card.name) === wanted && (!card.year || !year || card.year === year))
    .map(([card, row]) => ({ card, ...row }));
}

// A loan made or ended on this phone is known here before the node has heard of it.
export async function noteLoan(copy, loan) {
  const now = await snapshot();
  if (loan) now.loans.set(copy, loan); else now.loans.delete(copy);
  const rows = [...now.loans].map(([at, { title, card, due }]) => [at, title, card, due]);
  const sealed = await seal(rows);
  await write(["parts"], async (store) => {
    const part = await ask(store("parts").get("loans"));
    store("parts").put({ name: "loans", tag: part?.tag ?? "", ...sealed });
  });
}

// Lending: the book, then the card. Returning: the book. What the phone does not know is recorded all the same.
import { el, icon, notice, onSubmit, part, record, screen } from "../page.js";
import { camera } from "../scan.js";
import { cardOf, noteLoan, number, snapshot } from "../snapshot.js";
import { dayName, t } from "../words.js";

const loanOf = async (copy) => (await snapshot()).loans.get(copy) ?? null;
const whose = async (card) => (await cardOf(card))?.name || t("somebody");

export async function lend() {
  const root = screen("pinjam");
  const form = part(root, "form");
  const [copy, card] = [form.elements.copy, form.elements.card];
  copy.setAttribute("data-focus", "");

  const aboutBook = async () => {
    const at = number(copy.value);
    const loan = at ? await loanOf(at) : null;
    if (!loan) { notice(part(root, "book"), ""); return; }
    const who = await whose(loan.card);
    notice(part(root, "book"), loan.due ? t("book_out", { title: loan.title || at, who, day: dayName(loan.due) }) : t("book_lent", { who }));
  };
  const aboutCard = async () => {
    const text = card.value.trim();
    const known = text ? await cardOf(text) : null;
    notice(part(root, "who"), known ? known.name : text ? t("card_unknown") : "", known ? "" : "attention");
  };
  const write = async () => {
    const [book, holder] = [number(copy.value), number(card.value)];
    if (!book) { notice(part(root, "book"), t("book_scan")); copy.focus(); return; }
    if (!holder) { await aboutBook(); card.focus(); if (part(root, "who").childElementCount === 0 && form.dataset.asked) notice(part(root, "who"), t("card_scan")); form.dataset.asked = "1"; return; }
    const before = await loanOf(book);
    const name = (await cardOf(card.value))?.name ?? "";
    const id = await record("loan.lent", { copy: book, card: holder }, t("lent", { book: before?.title || book, who: name || holder }),
      { undone: () => noteLoan(book, before) });
    if (!id) return;
    await noteLoan(book, { title: before?.title ?? "", card: holder, due: "" });
    offerAgain(root, card, card.value, name || holder, copy);
    copy.value = card.value = "";
    delete form.dataset.asked;
    notice(part(root, "book"), "");
    notice(part(root, "who"), name ? "" : t("card_unknown"));
    copy.focus();
  };
  copy.addEventListener("change", aboutBook);
  card.addEventListener("change", aboutCard);
  onSubmit(form, write);
  camera(copy, async (text) => { copy.value = text; await aboutBook(); if (card.value) await write(); else card.focus(); });
  camera(card, async (text) => { card.value = text; await aboutCard(); if (copy.value) await write(); });
  return root;
}

function offerAgain(root, card, text, name, copy) {
  part(root, "again").replaceChildren(el("button", { type: "button", class: "button button-quiet button-wide", onclick: () => {
    card.value = text;
    card.dispatchEvent(new Event("change"));
    copy.focus();
  } }, icon("person"), t("again", { who: name })));
}

export async function takeBack() {
  const root = screen("kembali");
  const form = part(root, "form");
  const input = form.elements.copy;
  input.setAttribute("data-focus", "");
  const write = async () => {
    const book = number(input.value);
    if (!book) { notice(part(root, "book"), t("book_scan")); input.focus(); return; }
    const loan = await loanOf(book);
    const id = await record("loan.returned", { copy: book }, t("returned", { book: loan?.title || book }), { undone: () => noteLoan(book, loan) });
    if (!id) return;
    if (loan) await noteLoan(book, null);
    notice(part(root, "book"), loan ? "" : t("book_in"));
    const says = loan ? `${loan.title || book} · ${await whose(loan.card)}` : book;
    part(root, "done").prepend(el("li", {}, el("span", { class: "row" }, icon("check"), says)));
    input.value = "";
    input.focus();
  };
  onSubmit(form, write);
  camera(input, async (text) => { input.value = text; await write(); });
  return root;
}

// The desk: the box is emptied when its text is on its way, and has the focus again when the answer is there.
"use strict";
(() => {
  const form = document.getElementById("desk-form");
  const box = document.getElementById("desk-text");
  if (form && box) {
    const hasKeyboard = window.matchMedia("(hover: hover) and (pointer: fine)").matches;
    let sent = "";
    form.addEventListener("htmx:beforeSend", () => { sent = box.value; box.value = ""; });
    for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
      form.addEventListener(failed, () => { if (!box.value) box.value = sent; });
    }
    const isTyping = (element) => element && element !== box && element.matches("input:not([type=hidden]), textarea, select");
    document.addEventListener("htmx:afterSettle", () => {
      if (hasKeyboard && !isTyping(document.activeElement)) box.focus();
    });
    // a scanner types wherever the focus is: bring it home
    document.addEventListener("keydown", (event) => {
      const plain = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (plain && document.activeElement !== box && !isTyping(document.activeElement)) box.focus();
      if (event.key === "Escape") { box.value = ""; box.focus(); }
    });
  }
  // opening the message is reminding: remember it in the same tap
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-reminds]");
    const note = link && document.getElementById(link.dataset.reminds);
    if (!note) return;
    fetch(note.action, { method: "POST", body: new FormData(note), headers: { "HX-Request": "true" } })
      .then(() => { const said = document.getElementById(note.id + "-said"); if (said) said.hidden = false; note.hidden = true; });
  });
})();

// Copying a form line by line; what was copied is ticked, and remembered in this browser only.
(() => {
  const root = document.querySelector("[data-copying]");
  if (!root) return;
  const key = "copied " + root.dataset.copying;
  const status = root.querySelector("[data-copying-status]");
  const again = root.querySelector("[data-copying-again]");
  const buttons = [...root.querySelectorAll(".copy-button")];
  let done;
  try { done = new Set(JSON.parse(localStorage.getItem(key) || "[]")); } catch { done = new Set(); }

  function show() {
    for (const tick of root.querySelectorAll("[data-tick]")) tick.hidden = !done.has(tick.dataset.tick);
    status.textContent = `${status.dataset.says} ${done.size} / ${buttons.length}`;
    again.hidden = done.size === 0;
    try { localStorage.setItem(key, JSON.stringify([...done])); } catch { /* a browser that keeps nothing */ }
  }

  async function take(field) {
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
  }

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await take(document.getElementById(button.dataset.value));
      done.add(button.dataset.line);
      show();
      const next = buttons[buttons.indexOf(button) + 1];
      (next || button).focus();
    });
  }
  again.addEventListener("click", () => { done.clear(); show(); buttons[0]?.focus(); });
  show();
})();

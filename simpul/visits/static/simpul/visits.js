// Plus and minus beside the numbers of a tally, and their sum. Without this the numbers are typed.
"use strict";

for (const form of document.querySelectorAll("[data-tally]")) {
  const inputs = [...form.querySelectorAll("[data-stepper] input")];
  const total = form.querySelector("[data-total]");
  const add = () => {
    total.querySelector("strong").textContent = inputs.reduce((sum, input) => sum + (Number(input.value) || 0), 0);
  };
  for (const input of inputs) {
    const name = input.labels[0]?.textContent || "";
    const button = (sign, word, step) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button button-quiet";
      made.textContent = sign;
      made.setAttribute("aria-label", `${word}: ${name}`);
      made.addEventListener("click", () => {
        const next = Math.max(0, (Number(input.value) || 0) + step);
        input.value = next || "";
        add();
      });
      return made;
    };
    input.before(button("−", form.dataset.minus, -1));
    input.after(button("+", form.dataset.plus, 1));
    input.addEventListener("input", add);
  }
  total.hidden = false;
  add();
}

// A password can be looked at while it is typed. Without this file it is an ordinary password field.
"use strict";
for (const input of document.querySelectorAll("input[data-show]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet";
  button.setAttribute("aria-controls", input.id);
  const tell = () => {
    const shown = input.type === "text";
    button.textContent = shown ? input.dataset.hide : input.dataset.show;
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    tell();
    input.focus();
  });
  input.form.addEventListener("submit", () => { input.type = "password"; });
  tell();
  input.after(button);
}

/* The buttons for light and dark: the theme changes the colours when one of its radios is chosen. And the menu that
   covers a part of the page: it goes when the reader goes on, by keyboard or pointer, and by Escape. */
"use strict";

for (const button of document.querySelectorAll("[data-chooses]")) {
  button.addEventListener("click", () => {
    const choice = document.getElementById(button.dataset.chooses);
    choice.click();
    // This button is hidden now; whoever uses the keyboard goes on from the one in its place.
    choice.nextElementSibling.focus();
  });
}

for (const menu of document.querySelectorAll("header details")) {
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

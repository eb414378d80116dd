/* The buttons for light and dark: the theme changes the colours when one of its radios is chosen. */
"use strict";

for (const button of document.querySelectorAll("[data-chooses]")) {
  button.addEventListener("click", () => {
    const choice = document.getElementById(button.dataset.chooses);
    choice.click();
    // This button is hidden now; whoever uses the keyboard goes on from the one in its place.
    choice.nextElementSibling.focus();
  });
}

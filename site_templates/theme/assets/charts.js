// Offers to explore a chart. What that takes is fetched when somebody asks for it; without it the chart says the same.
(() => {
  "use strict";

  for (const figure of document.querySelectorAll(".omi-chart")) {
    const button = figure.querySelector(".omi-chart__explore");
    if (!button || !figure.querySelector("[data-omi]")) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        (await import("./charts-explore.js")).toggle(figure, button);
      } catch {
        button.textContent = button.dataset.failed;
      }
    });
  }
})();

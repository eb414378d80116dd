// Offers to explore a chart and to save it as PNG. What exploring takes is fetched when somebody asks for it; without a
// script the chart says the same, and its picture and its data are there.
(() => {
  "use strict";

  const SHARPNESS = 2; // for slides and for paper

  async function save(address) {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const sheet = document.createElement("canvas");
    sheet.width = SHARPNESS * picture.naturalWidth;
    sheet.height = SHARPNESS * picture.naturalHeight;
    sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
    const png = await new Promise(resolve => sheet.toBlob(resolve, "image/png"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(png);
    link.download = new URL(address).pathname.split("/").pop().replace(/svg$/, "png");
    link.click();
    // Later: the browser may still be reading it.
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  for (const figure of document.querySelectorAll(".omi-chart")) {
    const png = figure.querySelector(".omi-chart__png"), picture = figure.querySelector(".omi-chart__picture");
    if (png && picture) {
      const button = png.querySelector("button");
      png.hidden = false;
      button.addEventListener("click", () => save(picture.href).catch(() => { button.textContent = button.dataset.failed; }));
    }

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

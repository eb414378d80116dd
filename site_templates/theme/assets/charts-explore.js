// Exploring a chart: each place of its drawing says its words, to the pointer and to the arrow keys.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const leaving = new WeakMap();

// Begin to explore a figure, or leave it if it is being explored.
export function toggle(figure, button) {
  if (leaving.has(figure)) leaving.get(figure)();
  else begin(figure, button);
}

function begin(figure, button) {
  const stage = [...figure.querySelectorAll(".omi-chart__wide, .omi-chart__narrow")].find((form) => form.offsetParent);
  const places = [...stage.querySelectorAll("[data-omi]")];
  const tip = document.createElement("div");
  const listening = new AbortController();
  const asked = button.textContent;
  let here = -1;

  const show = (number) => {
    places[here]?.classList.remove("omi-here");
    here = number;
    const place = places[here];
    tip.textContent = place ? place.dataset.omi : "";
    place?.classList.add("omi-here");
  };

  const leave = () => {
    show(-1);
    listening.abort();
    tip.remove();
    stage.classList.remove("omi-chart__stage");
    for (const name of ["tabindex", "role", "aria-label"]) stage.removeAttribute(name);
    button.textContent = asked;
    leaving.delete(figure);
    button.focus();
  };

  const on = (target, kind, listener) => target.addEventListener(kind, listener, { signal: listening.signal });
  on(stage, "keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = places.length - 1;
    if (event.key === "Escape") leave();
    else if (event.key in STEPS) show(Math.max(0, Math.min(last, here + STEPS[event.key])));
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(last);
    else return;
    event.preventDefault();
    event.stopPropagation();
    places[here]?.scrollIntoView({ block: "nearest" });
  });
  for (const kind of ["pointermove", "pointerdown"]) {
    on(stage, kind, (event) => {
      // Where the keys scroll the page below a resting pointer, nobody points.
      if (kind === "pointermove" && !event.movementX && !event.movementY) return;
      const number = places.indexOf(event.target);
      if (number >= 0 && number !== here) show(number);
    });
  }
  on(stage, "pointerleave", () => document.activeElement === stage || show(-1));
  on(stage, "blur", () => show(-1));
  // A dismissal by key works for those who point, too.
  on(figure, "keydown", (event) => event.key === "Escape" && leave());
  // Turned to another width, the page shows the other drawing.
  on(window, "resize", () => stage.offsetParent || leave());

  tip.className = "omi-chart__tip";
  tip.setAttribute("role", "status");
  stage.append(tip);
  stage.classList.add("omi-chart__stage");
  stage.tabIndex = 0;
  // The arrow keys are the chart's here, as in a list to choose from: screen readers must let them through.
  stage.setAttribute("role", "application");
  stage.setAttribute("aria-label", `${figure.querySelector("figcaption").textContent}. ${button.dataset.how}`);
  button.textContent = button.dataset.stop;
  leaving.set(figure, leave);
  stage.focus({ preventScroll: true });
  show(0);
}

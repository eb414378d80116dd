// Finds reports by area, region, year and standards. Without it the page is a plain list with links.
(() => {
  "use strict";

  const form = document.getElementById("find-reports");
  const table = document.querySelector("#reports-table table");
  if (!form || !table) return;

  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const LABELS = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
  const status = form.querySelector("[role=status]");
  const reset = form.querySelector("[type=reset]");
  const pager = document.querySelector(".omi-pager");
  const listed = [...table.tBodies[0].rows];

  let asked;
  const reports = () => (asked ??= fetch(form.dataset.index).then((answer) => {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }).then((index) => index.reports));

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

  const wanted = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));

  const date = (iso) => {
    const [year, month, day] = iso.split("-").map(Number);
    return [day, MONTHS[month - 1], year || ""].filter(Boolean).join(" ");
  };

  const matches = (report, ask) =>
    (!ask.area || plain(report.area).includes(plain(ask.area))) &&
    (!ask.region || report.region.id === ask.region) &&
    (!ask.year || String(report.year) === ask.year) &&
    (!ask.standards || report.framework.id === ask.standards);

  const row = (report) => {
    const line = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    const link = document.createElement("a");
    link.href = form.dataset.top + report.address;
    link.textContent = report.name;
    head.append(link, report.synthetic ? " (synthetic)" : "");
    line.append(head);
    [report.region.title, date(report.fieldwork), date(report.published), report.framework.title].forEach((text, n) => {
      const cell = document.createElement("td");
      cell.dataset.label = LABELS[n + 1];
      cell.textContent = text;
      line.append(cell);
    });
    return line;
  };

  const show = (rows, asking) => {
    table.tBodies[0].replaceChildren(...rows);
    if (pager) pager.hidden = asking;
    reset.hidden = !asking;
  };

  let turn = 0;
  const find = async () => {
    const ask = wanted();
    const asking = Object.keys(ask).length > 0;
    const mine = ++turn;
    history.replaceState(null, "", location.pathname + (asking ? `?${new URLSearchParams(ask)}` : ""));
    if (!asking) {
      show(listed, false);
      status.textContent = "";
      return;
    }
    try {
      const all = await reports();
      if (mine !== turn) return;
      const found = all.filter((report) => matches(report, ask));
      // Sorting is stable: reports of one day stay in the order of their names.
      if (ask.order === "date") found.sort((a, b) => (a.published < b.published) - (a.published > b.published));
      show(found.map(row), true);
      const number = `${NUMBERS[found.length] ?? found.length} of ${all.length} ${all.length === 1 ? "report" : "reports"}`;
      status.textContent = found.length ? number : "No report matches";
    } catch {
      if (mine === turn) status.textContent = "The reports can’t be searched just now; the whole list stands below.";
    }
  };

  const state = new URLSearchParams(location.search);
  for (const field of form.elements) if (field.name && state.has(field.name)) field.value = state.get(field.name);

  let pause;
  form.addEventListener("input", (event) => {
    clearTimeout(pause);
    pause = setTimeout(find, event.target.type === "search" ? 150 : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    find();
    form.elements.area.focus();
  }));

  form.hidden = false;
  if (state.size) find();
})();

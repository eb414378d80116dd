// Helps with reading: links and citations to copy, words of the glossary explained where they stand, tables sorted.
// Without it letters are links, words lead to the glossary, and each report has a page that says how to cite it.
(() => {
  "use strict";

  const told = document.getElementById("omi-reading");
  const article = told && told.closest("article");
  if (!article) return;

  const words = JSON.parse(told.dataset.words);
  const gaps = told.dataset.gaps ? JSON.parse(told.dataset.gaps) : null;
  const say = (which, what) => words[which].replace("@", what);

  const make = (tag, properties = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inside);
    return made;
  };

  const button = (className, label, ...inside) => {
    const made = make("button", { type: "button", className }, ...inside);
    if (label) {
      made.setAttribute("aria-label", label);
      made.title = label;
    }
    return made;
  };

  const icon = (path) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  };

  const LINK = "M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7L12 17.7";
  const QUOTE = "M4 6h6v6q0 4-4 6M4 6v6h6M14 6h6v6q0 4-4 6M14 6v6h6";

  // What was done is said in a place that is there beforehand: screen readers tell of what changes in it.

  const status = (className) => {
    const place = make("p", { className });
    place.setAttribute("aria-live", "polite");
    let gone;
    place.tell = (text, stays = false) => {
      clearTimeout(gone);
      place.textContent = text;
      if (!stays) gone = setTimeout(() => { place.textContent = ""; }, 6000);
    };
    return place;
  };

  const said = status("omi-said");
  document.body.append(said);

  // Copying

  const copied = async (text, within) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not a secure address, an older browser, or not allowed: the older way, which works on a selection.
      const field = make("textarea", { value: text, className: "omi-unseen", readOnly: true, ariaHidden: "true" });
      const before = document.activeElement;
      within.append(field);
      field.select();
      let done = false;
      try {
        done = document.execCommand("copy");
      } catch {
        // Then the text is shown.
      }
      field.remove();
      if (before) before.focus({ preventScroll: true });
      return done;
    }
  };

  const linkTo = (id) => location.href.split(/[?#]/)[0] + (id && `#${id}`);

  // Citations

  const dialog = make("dialog", { className: "omi-cite" });
  const heading = make("h2", { id: "omi-cite-title" });
  const forms = make("div");
  const answer = status("omi-cite__status");
  const close = button("omi-cite__close", "", words.close);
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(heading, forms, answer, close);
  close.addEventListener("click", () => dialog.close());

  let asked;
  dialog.addEventListener("close", () => asked && asked.focus());

  const cite = (part, from) => {
    const kind = words[part.kind];
    const place = part.letter ? `${words.criterion} ${part.ref}, ${kind} (${part.letter})` : `${kind} ${part.ref}`;
    const url = told.dataset.here ? `${told.dataset.here}#${part.id}` : linkTo(part.id);
    const key = gaps.name + (part.kind === "recommendation" ? `-${part.id}` : part.id.replace(/^c/, "-"));
    heading.textContent = say("cite", part.name);
    forms.replaceChildren(...FORMS.map(([form, title]) => {
      const value = gaps[form].replace("@key@", key).replaceAll("@place@", place).replace("@url@", url);
      const field = make("textarea", { value, readOnly: true, id: `omi-cite-${form}`, spellcheck: false });
      field.rows = form === "text" ? 4 : Math.min(value.trim().split("\n").length, 6);
      const copy = button("omi-cite__copy", `${words.copy_form}: ${title}`, words.copy_form);
      copy.addEventListener("click", async () => {
        if (await copied(value, dialog)) return answer.tell(say("copied_form", title));
        field.select();
        field.focus();
      });
      return make("div", { className: "omi-cite__form" }, make("label", { htmlFor: field.id }, title), copy, field);
    }));
    answer.textContent = "";
    asked = from;
    if (!dialog.isConnected) document.body.append(dialog);
    dialog.showModal();
  };

  const FORMS = [["text", words.text], ["bibtex", "BibTeX"], ["ris", "RIS"]];

  const aids = (part, citing = gaps && dialog.showModal) => {
    const copy = button("omi-aid", say("copy", part.name), icon(LINK));
    copy.addEventListener("click", async () => {
      const link = linkTo(part.id);
      const done = await copied(link, document.body);
      said.tell(done ? say("copied", part.name) : say("failed", link), !done);
    });
    const group = make("span", { className: "omi-aids" }, copy);
    if (citing) {
      const quote = button("omi-aid", say("cite", part.name), icon(QUOTE));
      quote.setAttribute("aria-haspopup", "dialog");
      quote.addEventListener("click", () => cite(part, quote));
      group.append(quote);
    }
    return group;
  };

  // A part's id says what it is: c2-2, c2-2-improvement-d, recommendation-3. It never changes once published.

  for (const item of article.querySelectorAll(".omi-findings__list > li[id]")) {
    const found = item.id.match(/^c(.+)-(strength|improvement)-([^-]+)$/);
    const letter = item.querySelector(".omi-letter");
    if (!found || !letter) continue;
    const ref = found[1].replaceAll("-", ".");
    letter.after(aids({
      id: item.id, ref, kind: found[2], letter: found[3], name: `${ref} ${words[found[2]]} ${found[3]}`,
    }));
  }
  for (const block of article.querySelectorAll(".omi-criterion")) {
    const title = block.previousElementSibling;
    const found = title && title.id.match(/^c(\d[\d-]*)$/);
    if (!found) continue;
    const ref = found[1].replaceAll("-", ".");
    block.prepend(aids({ id: title.id, ref, kind: "criterion", name: ref }));
  }
  for (const item of article.querySelectorAll(".omi-recommendations > li[id]")) {
    const place = item.querySelector(".omi-evidence");
    const ref = item.id.replace("recommendation-", "");
    if (place) place.append(aids({ id: item.id, ref, kind: "recommendation", name: `${words.recommendation} ${ref}` }));
  }

  for (const place of article.querySelectorAll(".omi-refer")) place.append(aids({ id: "", name: words.report }, false));
  for (const place of article.querySelectorAll(".omi-copies")) {
    const whole = JSON.parse(place.dataset.forms);
    place.append(`${words.copy_form}:`);
    for (const [form, title] of FORMS) {
      const copy = button("omi-copy", `${words.copy_form}: ${title}`, title);
      copy.addEventListener("click", async () => {
        const done = await copied(whole[form], document.body);
        said.tell(done ? say("copied_form", title) : say("failed", whole[form]), !done);
      });
      place.append(copy);
    }
  }

  // Words of the glossary. The link is what takes focus and is followed; the tip beside it repeats what the link is
  // described by, so that the tip itself holds no stop of its own.

  const terms = [...article.querySelectorAll("a.omi-term")];
  if (terms.length) {
    const tip = make("div", { className: "omi-tip", hidden: true });
    const means = make("p");
    const more = make("a", { className: "omi-tip__more", textContent: words.glossary, tabIndex: -1 });
    tip.append(means, more);
    const described = make("div", { hidden: true });
    (article.closest("main") || document.body).append(tip, described);
    const ids = new Map();
    let shown = null;
    let wait;

    const place = (term) => {
      const [line] = term.getClientRects();
      const wide = document.documentElement.clientWidth;
      const gap = 8;
      tip.hidden = false;
      tip.style.left = "0px";
      const own = tip.getBoundingClientRect();
      const left = Math.max(gap, Math.min(line.left, wide - own.width - gap));
      const from = tip.offsetParent.getBoundingClientRect();
      const below = line.bottom + own.height + gap <= innerHeight || line.top < own.height + gap;
      tip.style.left = `${left - from.left}px`;
      tip.style.top = `${(below ? line.bottom : line.top - own.height) - from.top}px`;
    };
    const hide = () => {
      clearTimeout(wait);
      tip.hidden = true;
      shown = null;
    };
    const show = (term) => {
      clearTimeout(wait);
      shown = term;
      means.textContent = ids.get(term);
      more.href = term.href;
      place(term);
    };
    // A moment to get from the word to the tip.
    const leave = () => {
      clearTimeout(wait);
      wait = setTimeout(() => { if (document.activeElement !== shown) hide(); }, 300);
    };

    const places = new Map();
    for (const term of terms) {
      const short = term.querySelector("abbr");
      const text = (short || term).title;
      if (!text) continue;
      // The browser's own tip would lie over ours, and doesn't come on focus or on touch.
      (short || term).removeAttribute("title");
      ids.set(term, text);
      if (!places.has(text)) {
        places.set(text, `omi-means-${places.size}`);
        described.append(make("span", { id: places.get(text), textContent: text }));
      }
      term.setAttribute("aria-describedby", places.get(text));

      let opens = false;
      term.addEventListener("pointerdown", (event) => { opens = event.pointerType === "touch" && shown !== term; });
      term.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") show(term); });
      term.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") leave(); });
      term.addEventListener("focus", () => show(term));
      term.addEventListener("blur", () => { if (shown === term && !tip.matches(":hover")) hide(); });
      // The first touch explains; the second, or the tip's link, leads to the glossary.
      term.addEventListener("click", (event) => {
        if (!opens) return;
        opens = false;
        event.preventDefault();
        show(term);
        said.tell(text);
      });
    }
    tip.addEventListener("pointerenter", () => clearTimeout(wait));
    tip.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") leave(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && shown) hide(); });
    document.addEventListener("pointerdown", (event) => {
      if (shown && !tip.contains(event.target) && !shown.contains(event.target)) hide();
    });
    addEventListener("resize", () => { if (shown) place(shown); });
  }

  // Tables of one report. Those in which areas meet are not marked: nothing here ranks areas.

  const wide = matchMedia("(min-width: 45em)");
  const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true, sensitivity: "base" });

  const valueOf = (cell) => {
    const step = cell.querySelector("[class*=omi-step--]");
    if (step) return Number(step.className.match(/omi-step--(\d)/)[1]);
    const text = cell.textContent.trim();
    if (!text || cell.querySelector(".omi-missing, .omi-missing__mark")) return null;
    if (cell.tagName === "TH") return text;
    const number = text.replaceAll(",", "").match(/^[£−-]?\d+(\.\d+)?/);
    return number ? Number(number[0].replace("−", "-").replace("£", "")) : text;
  };

  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));

  for (const table of article.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows[0].cells];
    const titles = heads.map((head) => head.textContent.trim());
    const kinds = titles.map((_, n) => {
      const values = [...table.querySelectorAll("tbody tr:not(.omi-group, .omi-total)")].map((row) => row.cells[n]);
      return values.some((cell) => cell.tagName === "TD" && !cell.querySelector(".omi-step") && typeof valueOf(cell) === "number")
        ? "number" : "order";
    });
    const stood = [...table.tBodies].map((body) => [...body.rows]);
    let by = -1;
    let falling = false;

    // The head of a group stays first and a total last.
    const sorted = (rows) => {
      const moved = rows.filter((row) => !row.matches(".omi-group, .omi-total"));
      const values = new Map(moved.map((row) => [row, valueOf(row.cells[by])]));
      // A word in a column of figures ("none") is a missing one.
      const figures = [...values.values()].some((value) => typeof value === "number");
      const missing = (row) => values.get(row) === null || (figures && typeof values.get(row) !== "number");
      moved.sort((a, b) =>
        missing(a) - missing(b) || (missing(a) ? 0 : compare(values.get(a), values.get(b)) * (falling ? -1 : 1)));
      return [...rows.filter((row) => row.matches(".omi-group")), ...moved, ...rows.filter((row) => row.matches(".omi-total"))];
    };

    const sort = () => {
      stood.forEach((rows, n) => table.tBodies[n].append(...(by < 0 ? rows : sorted(rows))));
      heads.forEach((head, n) => {
        if (n === by) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      choice.value = by < 0 ? "" : `${by}${falling ? "-" : "+"}`;
      said.tell(say("sorted", by < 0 ? words.as_it_was : `${titles[by]}, ${words[kinds[by] + (falling ? "-" : "+")]}`));
    };

    const choice = make("select", {}, new Option(words.as_it_was, ""), ...titles.flatMap((title, n) => [
      new Option(`${title}, ${words[`${kinds[n]}+`]}`, `${n}+`),
      new Option(`${title}, ${words[`${kinds[n]}-`]}`, `${n}-`),
    ]));
    choice.addEventListener("change", () => {
      by = choice.value ? parseInt(choice.value, 10) : -1;
      falling = choice.value.endsWith("-");
      sort();
    });
    // On a phone the rows are cards, and the heads are out of sight: there a list says what to sort by.
    const chooser = make("p", { className: "omi-sort-by" }, make("label", {}, `${words.sort} `, choice));

    const dress = () => {
      heads.forEach((head, n) => {
        if (!wide.matches) return head.replaceChildren(titles[n]);
        const press = button("omi-sort", "", titles[n]);
        press.addEventListener("click", () => {
          if (by !== n) [by, falling] = [n, false];
          else if (!falling) falling = true;
          else by = -1;
          sort();
        });
        head.replaceChildren(press);
      });
      if (wide.matches) chooser.remove();
      else table.before(chooser);
    };
    dress();
    wide.addEventListener("change", dress);
  }
})();

// Searches the whole site: in the box at the head of every page, and on the page of the search. Pagefind is loaded when
// somebody first turns to a field, and not before. Without this script a link leads to a list of everything.
(() => {
  "use strict";

  const box = document.getElementById("site-search");
  if (!box) return;
  const SAID = JSON.parse(box.dataset.said);
  const TOP = new URL((box.dataset.top || ".").replace(/\/*$/, "/"), location);
  const EVERY = "ꙮ"; // As search/documents.py has it
  const COMMON = new Set("a an and are as at be by for from had has have in is it of on or that the their there this to was were which with".split(" "));
  const PAGE = document.documentElement.lang;
  const TELLING = ["area", "region", "year"]; // As search/indexing.py has it
  const FIRST = 2; // Groups that are asked before anything is shown
  const TOGETHER = 4; // Groups that are asked at once after that
  const PAUSE = 30; // Milliseconds without a key after which an answer is looked for: a held key, or words that are pasted
  const BEGUN = 1000; // Milliseconds after which somebody may have begun to read the first results
  const SHOWN = 10;
  const IN_BOX = 6;
  const AT_ONCE = 12; // Records that are fetched at once
  const COUNTED = 40; // Up to so many records, all are fetched, and the number of results is exact.
  const FETCHED = 60; // Records that are fetched for one list at the most, until more are asked for
  const KEY = "omi-search-key"; // Whether / leads to the search: kept in the browser, under a name of our own
  const HEAD = 20; // So many words at most stand before the entries of a record.
  const BESIDE = 2; // For each word of a query, how far apart they may stand and count as equally near
  const NEAR = 60; // As far apart words of one finding mostly stand.

  const say = (name, values = {}) => SAID[name].replace(/\{(\w)\}/g, (_, key) => values[key]);
  const element = (name, properties = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  };

  // ---- Pagefind ----

  const FOLDER = new URL("pagefind/", TOP).href;

  // What is loaded once, and again where that failed.
  const once = (load) => {
    let loading;
    return () => (loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    }));
  };

  // Reports are indexed in groups, each with an index of its own; what the site says itself is the last.
  const engine = once(async () => {
    const [pagefind, groups] = await Promise.all([
      import(`${FOLDER}pagefind.js`),
      fetch(`${FOLDER}groups.json`).then((answer) => answer.json()),
    ]);
    const own = groups.length - 1;
    return groups.map((group, n) => ({ ...group, own: n === own, index: once(() => load(pagefind, group)) }));
  });

  // All groups run in one program. It comes with the first that is opened; a second one beside it would take its place.
  let program = Promise.resolve(false);
  const load = async (pagefind, { folder, languages }) => {
    const before = program;
    let opened;
    program = new Promise((done) => (opened = done));
    const alone = !(await before);
    if (!alone) opened(true);
    try {
      const options = { basePath: `${FOLDER}groups/${folder}/`, metaCacheTag: folder };
      const index = pagefind.createInstance({ ...options, noWorker: true });
      // Nothing is looked for here: it answers when it is ready.
      await index.search("");
      opened(true);
      // A group has an index for each language: that of the page is loaded, and the others are asked too.
      const [first, ...others] = Object.keys(languages).sort((a, b) => languages[b] - languages[a]);
      const own = languages[PAGE] ? PAGE : first;
      for (const language of [first, ...others]) if (language !== own) await index.mergeIndex(options.basePath, { ...options, language });
      return index;
    } finally {
      opened(!alone);
    }
  };

  // The groups in which something can be found, in the order in which they are asked.
  const groupsFor = async (query, choices) => {
    const groups = await engine();
    const last = ({ languages, own }) => 2 * !languages[PAGE] + (query ? !own : 0);
    return groups.filter((group) => TELLING.every((name) => !choices[name] || group[name]?.includes(choices[name])))
      .sort((a, b) => last(a) - last(b));
  };

  // Have ready what nearly every query asks first. Whether that failed, the query will say.
  const warm = once(async () => {
    const groups = await groupsFor("?", {});
    await Promise.all(groups.slice(0, FIRST).map((group) => group.index()));
  });
  const ready = () => warm().catch(() => {});

  // Words that stand in nearly every text are left out, unless there is no other.
  const wordsOf = (query) => {
    const words = query.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
    const telling = words.filter((word) => !COMMON.has(word.toLowerCase()));
    return telling.length ? telling : words;
  };

  const begin = (query, choices) => {
    const phrase = /^".*"$/.test(query);
    const words = phrase ? [query] : wordsOf(query);
    return { query, choices, phrase, words, records: [], seen: words.map(() => []), shown: new Set(), instead: null, told: "", complete: false, coming: false, missing: false };
  };

  // Add the records of a group in which the query stands; each word of it with its places in each record.
  const ask = async (asked, group, turn) => {
    const { query, choices, words } = asked;
    const index = await group.index();
    const filters = Object.fromEntries(Object.entries(choices).filter(([, value]) => value));
    const answers = async (text) => (await index.search(text, { filters, sort: query ? {} : { place: "asc" } })).results;
    // Without a word Pagefind would fetch the whole index: it is asked for the sign that every record has.
    const records = await answers(words.join(" ") || EVERY);
    const found = await Promise.all(words.map(async (word) =>
      new Map((words.length > 1 ? await answers(word) : records).map((one) => [one.id, new Set(one.words)]))));
    asked.records.push(...records.map((record, n) => {
      const places = found.map((one) => one.get(record.id) ?? new Set());
      // The words of a query are mostly meant to stand together: records where they do come first.
      const step = words.length > 1 ? Math.ceil(Math.min(distance(places), NEAR + 1) / (BESIDE * words.length)) : 0;
      return { id: record.id, data: record.data, places, order: query ? [step, -record.score, turn, n] : [turn, n] };
    }));
    asked.records.sort((a, b) => {
      const n = a.order.findIndex((one, at) => one !== b.order[at]);
      return n < 0 ? 0 : a.order[n] - b.order[n];
    });
  };

  // How far apart the words stand where they are nearest; what stands in the head of a record is near to all of it.
  const distance = (places) => {
    const inside = places.map((found) => [...found]).filter((found) => !found.some((place) => place < HEAD));
    if (inside.length < 2) return 0;
    const sorted = inside.flatMap((found, word) => found.map((place) => [place, word])).sort(([a], [b]) => a - b);
    const last = inside.map(() => -Infinity);
    let nearest = Infinity;
    for (const [place, word] of sorted) {
      last[word] = place;
      nearest = Math.min(nearest, place - Math.min(...last));
    }
    return nearest;
  };

  // The entries that stand before any record that isn't read yet, the best first.
  const front = ({ records }) => {
    const end = records.findIndex(({ entries }) => !entries);
    return records.slice(0, end < 0 ? records.length : end).flatMap(({ entries }) => entries);
  };

  // What there is to show, the best first.
  const found = (asked) => asked.instead ?? front(asked);
  const further = (asked) => found(asked).filter((entry) => !asked.shown.has(entry));
  const unread = (asked) => (asked.instead ? [] : asked.records.filter(({ entries }) => !entries));

  // Fetch records until there are so many entries more, or as many records as one list may cost.
  const readMore = async (asked, number, most = FETCHED) => {
    const every = asked.complete && asked.records.length <= COUNTED;
    for (let left = most; left > 0 && (every || further(asked).length < number); left -= AT_ONCE) {
      const next = unread(asked).slice(0, AT_ONCE);
      if (!next.length) return;
      await Promise.all(next.map((record) => (record.reading ??= read(asked, record))));
    }
  };

  const read = async (asked, record) => {
    try {
      take(asked, record, await record.data());
    } catch {
      asked.missing = true;
      record.entries = record.some = [];
    }
  };

  // Pagefind ends each block of text with a full stop, behind a bracket too.
  const ended = (words) => words.map((one, n) => (n === words.length - 1 ? { ...one, word: one.word.replace(/([.!?][)\]”’"']+)\.$/, "$1") } : one));

  const take = (asked, found, data) => {
    const text = data.content.split(/[\r\n\s]+/);
    // Pagefind leaves points out of numbers: what is asked for as 1.2 is no 12.
    const places = found.places.map((one, n) => {
      const pointed = /\d[.]\d/.test(asked.words[n]);
      return pointed ? new Set([...one].filter((place) => text[place].includes(asked.words[n]))) : one;
    });
    places.forEach((one, n) => one.forEach((place) => asked.seen[n].push(text[place])));
    const all = new Set(places.flatMap((one) => [...one]));
    const record = { page: new URL(`.${(data.raw_url ?? data.url).replace(/[^/]*$/, "")}`, TOP).href, lang: found.id.split("_")[0], kind: "", title: "" };
    const anchors = [...data.anchors].sort((a, b) => a.location - b.location);
    const parts = anchors.map((anchor, n) => ({ id: anchor.id, from: anchor.location, to: anchors[n + 1]?.location ?? text.length }));
    const entries = [];
    for (const part of parts) {
      const words = text.slice(part.from, part.to).map((word, n) => ({ word, marked: all.has(part.from + n) }));
      if (part.id === "=kind") record.kind = words.map(({ word }) => word).join(" ").replace(/\.$/, "");
      else if (part.id === "=title") record.title = words.map(({ word }) => word).join(" ").replace(/\.$/, "");
      else if (part.id === "=also") entries.at(-1)?.also.push({ ...part, words });
      else if (!part.id.startsWith("=")) {
        const [anchor, themes, label] = part.id.split("|");
        entries.push({ ...part, record, anchor, themes: themes.split(","), label, words: ended(words), also: [] });
      }
    }
    const head = entries[0]?.from ?? 0;
    for (const entry of entries) {
      const has = (one, { from, to }) => [...one].some((place) => place >= from && place < to);
      const said = places.map((one) => has(one, entry));
      // What an abbreviation stands for is shown where a word was found in it alone.
      entry.also = entry.also.filter((range) => places.some((one, n) => !said[n] && has(one, range)));
      const inside = places.map((one, n) => said[n] || entry.also.some((range) => has(one, range)));
      entry.own = inside.filter(Boolean).length;
      entry.whole = inside.every((one, n) => one || [...places[n]].some((place) => place < head));
    }
    const themed = entries.filter(({ themes }) => !asked.choices.theme || themes.includes(asked.choices.theme));
    const whole = themed.filter((entry) => entry.whole);
    const own = whole.filter((entry) => entry.own);
    // Where all the words stand in the head of a record, all of it is meant.
    found.entries = own.length ? own : whole;
    found.some = themed.filter((entry) => entry.own && !entry.whole);
  };

  // ---- Typing errors ----

  const plain = (word) => word.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();

  // Pagefind finds words that begin like the one asked for, and for one that it doesn't know the beginning of it.
  const unknown = (asked) => (asked.phrase ? [] : asked.words.filter((word, n) => {
    const wanted = plain(word);
    return wanted.length > 3 && !asked.seen[n].some((found) => {
      const token = plain(found);
      let same = 0;
      while (same < wanted.length && token[same] === wanted[same]) same += 1;
      return token.includes(wanted) || same >= Math.max(4, wanted.length - 2);
    });
  }));

  const listed = once(async () => {
    const answer = await fetch(`${FOLDER}words.txt`);
    return answer.ok ? (await answer.text()).split("\n").filter(Boolean) : [];
  });

  // The query with each word that nothing has replaced by the nearest one that something has.
  const mended = async (asked) => {
    const wrong = unknown(asked);
    if (!wrong.length) return asked.query;
    const known = await listed();
    return asked.query.split(/\s+/).map((word) => {
      const wanted = word.toLowerCase();
      if (!wrong.includes(word) || known.some((one) => one.startsWith(wanted))) return word;
      const most = wanted.length > 5 ? 2 : 1;
      let nearest = word;
      let least = most + 1;
      for (const one of known) {
        const steps = Math.abs(one.length - wanted.length) < least ? slips(one, wanted) : least;
        if (steps < least) [nearest, least] = [one, steps];
      }
      return nearest;
    }).join(" ");
  };

  // How many letters are missing, too many, wrong or swapped with the next.
  const slips = (a, b) => {
    let before = [];
    let last = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[b.length];
  };

  // ---- Group by group ----

  // Yields what was asked when its first entries have come, when the first groups have answered that have something, and
  // when all have.
  const looks = async function* (query, choices, size, wanted, mendable = true) {
    const asked = begin(query, choices);
    const groups = await groupsFor(query, choices);
    const all = groups.length;
    let begun = false;
    do {
      const turn = all - groups.length;
      const round = groups.splice(0, turn ? TOGETHER : FIRST);
      await Promise.all(round.map((group, n) => ask(asked, group, turn + n).catch(() => (asked.missing = true))));
      asked.complete = !groups.length;
      if (!wanted()) return;
      const weak = asked.instead;
      if (begun && !asked.complete && !weak) continue;
      [asked.instead, asked.told] = [null, ""];
      const reading = readMore(asked, size, asked.complete ? FETCHED : AT_ONCE);
      await Promise.race([reading, begun ? reading : asked.records[0]?.reading]);
      if (!begun && wanted() && front(asked).length && !unknown(asked).length) {
        begun = asked.coming = true;
        yield asked;
      }
      await reading;
      asked.coming = false;
      const better = mendable && !begun && wanted() ? await mended(asked) : query;
      if (better !== query && better !== query.split(/\s+/).join(" ")) {
        mendable = false;
        let any = false;
        for await (const again of looks(better, choices, size, wanted, false)) {
          any ||= front(again).length > 0;
          again.told = say("instead", { q: query, w: better });
          if (any) yield again;
        }
        if (any) return;
      }
      if (weak || !asked.shown.size) resort(asked);
      if (!asked.complete && !found(asked).length) continue;
      begun = true;
      yield asked;
    } while (groups.length);
  };

  // Where nothing has all the words, show what has some of them: meanwhile, or in the end.
  const resort = (asked) => {
    const entries = front(asked);
    const foreign = entries.length && unknown(asked).length;
    if (entries.length && !foreign) return;
    if (asked.complete && asked.missing && !entries.length) throw new Error("Not all groups could be asked");
    // Found for the sake of the other words, or of a word that only begins alike.
    const some = foreign ? (asked.words.length > 1 ? entries : []) : asked.records.flatMap((record) => record.some ?? []);
    asked.instead = some.sort((a, b) => b.own - a.own).slice(0, SHOWN);
    if (asked.instead.length) asked.told = say(asked.complete ? "some" : "some_so_far");
  };

  // ---- What is shown ----

  const shownWords = (words, length) => {
    const first = words.findIndex(({ marked }) => marked);
    const from = first < length - 8 ? 0 : Math.max(0, Math.min(first - 8, words.length - length));
    const to = words.length - from <= length + 8 ? words.length : from + length;
    const made = [];
    for (const { word, marked } of words.slice(from, to)) {
      const [, before, inside, after] = marked ? word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su) : [null, "", "", word];
      if (before) made.push(before);
      if (inside) made.push(element("mark", { textContent: inside }));
      made.push(`${after} `);
    }
    return [from ? "… " : "", ...made, to < words.length ? "…" : ""];
  };

  const shown = (entry, length) => {
    const { record } = entry;
    const link = element("a", { href: record.page + (entry.anchor ? `#${entry.anchor}` : ""), className: "omi-result__title", textContent: `${record.title}${entry.label ? ` ${entry.label}` : ""}` });
    const also = entry.also.map(({ words }) => element("p", { className: "omi-result__also" }, ...shownWords(words, length)));
    return element("li", { className: "omi-result", lang: record.lang },
      element("p", { className: "omi-result__kind", textContent: record.kind }), link,
      element("p", { className: "omi-result__text" }, ...shownWords(entry.words, length)), ...also);
  };

  const spread = (entries, size) => {
    const times = new Map();
    const few = entries.filter(({ record }) => {
      times.set(record, (times.get(record) ?? 0) + 1);
      return times.get(record) <= 2;
    });
    return [...few, ...entries.filter((entry) => !few.includes(entry))].slice(0, size);
  };

  const number = (asked) => {
    const left = unread(asked).length;
    const n = asked.instead?.length ?? asked.records.reduce((sum, { entries }) => sum + (entries?.length ?? 0), 0);
    // Each record with a word has an entry with it; whether it has one with all words, or on the theme, is known later.
    const sure = asked.words.length < 2 && !asked.choices.theme;
    const least = n + (sure ? left : 0);
    const told = (many) => many.toLocaleString(PAGE);
    if (!asked.complete) return say("so_far", { n: told(least) });
    return left ? say("least", { n: told(least) }) : n === 1 ? say("one") : say("many", { n: told(n) });
  };

  // Shows answers in one place: their number in a live region, and a list of links. What a reader may have begun to read
  // stays where it is: what is found later comes below, and what belongs above is offered.
  const show = (place, length) => {
    const status = element("p", { className: "omi-results__status" });
    status.setAttribute("role", "status");
    const note = element("p", { className: "omi-results__note", hidden: true });
    const best = element("button", { type: "button", className: "md-button omi-results__best", textContent: SAID.best, hidden: true });
    const list = element("ol", { className: "omi-results" });
    list.setAttribute("aria-label", SAID.found);
    const foot = element("p", { className: "omi-results__foot", hidden: true });
    place.replaceChildren(status, note, best, list, foot);
    let turn = 0;

    const clear = (told = "") => {
      turn += 1;
      status.textContent = told;
      note.hidden = best.hidden = foot.hidden = true;
      list.replaceChildren();
    };

    const run = async (query, choices, size, onMore) => {
      turn += 1;
      const mine = turn;
      if (!list.children.length) status.textContent = `${SAID.waiting}…`;
      try {
        let last = null;
        for await (const asked of looks(query, choices, size, () => mine === turn)) {
          if (mine !== turn) return;
          if (asked === last?.asked) last.entries = settle(asked, size, onMore, last);
          else last = { asked, weak: asked.instead, since: performance.now(), top: scrollY, entries: fill(asked, size, onMore) };
        }
      } catch {
        if (mine !== turn) return;
        clear(SAID.failed);
        foot.replaceChildren(element("a", { href: document.querySelector(".omi-browse").href, textContent: SAID.browse }));
        foot.hidden = false;
      }
    };

    // The entries that are shown first. In few places a record with many findings would hide all others.
    const first = (asked, size, onMore) => (onMore ? spread(found(asked), size) : found(asked).slice(0, size));

    const add = (asked, entries) => {
      const added = entries.map((entry) => shown(entry, length));
      for (const entry of entries) asked.shown.add(entry);
      list.append(...added);
      return added;
    };

    const fill = (asked, size, onMore) => {
      const entries = first(asked, size, onMore);
      list.replaceChildren();
      asked.shown.clear();
      add(asked, entries);
      best.hidden = true;
      tell(asked, size, onMore);
      return entries;
    };

    // More is known than when the first entries were shown. Returns the entries that nobody asked for with a button.
    const settle = (asked, size, onMore, { weak, since, top, entries }) => {
      const better = first(asked, size, onMore);
      const reading = performance.now() - since > BEGUN || scrollY !== top || list.matches(":hover, :focus-within") || asked.shown.size > entries.length;
      if (!reading) return fill(asked, size, onMore);
      add(asked, further(asked).slice(0, Math.max(0, size - asked.shown.size)));
      best.hidden = better.every((entry) => asked.shown.has(entry)) && (!weak || asked.instead !== null);
      best.onclick = () => {
        fill(asked, size, onMore);
        list.querySelector("a").focus();
      };
      tell(asked, size, onMore);
      return entries;
    };

    const tell = (asked, size, onMore) => {
      note.textContent = asked.told;
      note.hidden = !asked.told;
      count(asked);
      if (onMore) foot.replaceChildren(...onMore(asked));
      else foot.replaceChildren(moreOf(asked, size));
      // While the list is about to grow, what stands below it would jump.
      foot.hidden = asked.coming || (onMore ? !foot.childNodes.length : !rest(asked));
    };

    const count = (asked) => {
      if (asked.coming) return; // Their number is told once.
      const told = [number(asked)];
      if (asked.complete && !found(asked).length) {
        const why = asked.query ? say("none", { q: asked.query }) : say("nothing");
        told[0] = Object.values(asked.choices).some(Boolean) ? `${why} ${SAID.narrowed}` : why;
      }
      if (!best.hidden) told.push(SAID.better);
      if (asked.complete && asked.missing) told.push(SAID.part);
      status.textContent = told.join(". ");
    };

    const rest = (asked) => unread(asked).length > 0 || further(asked).length > 0;

    const moreOf = (asked, size) => {
      const more = element("button", { type: "button", className: "md-button", textContent: SAID.more });
      more.addEventListener("click", async () => {
        const mine = turn;
        more.disabled = true;
        await readMore(asked, size);
        if (mine !== turn) return;
        const added = add(asked, further(asked).slice(0, size));
        count(asked);
        more.disabled = false;
        foot.hidden = !rest(asked);
        added[0]?.querySelector("a").focus();
      });
      return more;
    };

    return { clear, run };
  };

  // ---- The box at the head of each page ----

  const toggle = document.getElementById("__search");
  const form = box.querySelector("form");
  const input = form.elements.q;
  const output = box.querySelector(".md-search__output");
  const opener = document.querySelector(".omi-search__open");
  const inBox = show(box.querySelector(".omi-search-results"), 26);
  const everything = (query) => `${form.dataset.results}?${new URLSearchParams({ q: query })}`;
  const links = () => [...output.querySelectorAll("a, .omi-results__best:not([hidden])")];
  let pause;

  const set = (open) => {
    if (toggle.checked !== open) toggle.click();
    opened();
  };
  const opened = () => {
    opener.setAttribute("aria-expanded", String(toggle.checked));
    output.hidden = !toggle.checked || !input.value.trim();
  };
  const leave = () => {
    const focused = document.activeElement;
    set(false);
    if (!box.contains(focused)) return;
    if (opener.checkVisibility()) opener.focus();
    else focused.blur();
  };

  const search = () => {
    clearTimeout(pause);
    const query = input.value.trim();
    opened();
    if (!query) inBox.clear();
    else inBox.run(query, {}, IN_BOX, () => [element("a", { href: everything(query), className: "omi-results__all", textContent: `${SAID.all} →` })]);
  };

  output.hidden = true;
  toggle.addEventListener("change", opened);
  opener.addEventListener("click", () => {
    set(!toggle.checked);
    if (toggle.checked) input.focus();
  });
  input.addEventListener("focus", () => {
    set(true);
    ready();
  });
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, PAUSE);
  });
  form.addEventListener("reset", () => setTimeout(() => {
    search();
    input.focus();
  }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = input.value.trim();
    if (query) location.assign(everything(query));
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget) && relatedTarget !== opener) set(false);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      leave();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const stops = [input, ...links()];
      const step = event.key === "ArrowDown" ? 1 : -1;
      event.preventDefault();
      stops[(Math.max(0, stops.indexOf(document.activeElement)) + step + stops.length) % stops.length].focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (__md_get(KEY) === false) return;
    if (event.target.isContentEditable || event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    const field = document.getElementById("search-q");
    if (field) return field.focus();
    set(true);
    input.focus();
  });

  // ---- The page of the search ----

  const page = document.getElementById("search-all");
  if (!page) return;
  const answers = show(document.getElementById("search-results"), 70);
  const clearAll = page.querySelector("[type=reset]");
  const fields = [...page.elements].filter(({ name }) => name);

  const narrow = () => {
    const values = Object.fromEntries(fields.map(({ name, value }) => [name, value.trim()]));
    const asking = Object.entries(values).filter(([, value]) => value);
    history.replaceState(null, "", location.pathname + (asking.length ? `?${new URLSearchParams(asking)}` : ""));
    clearAll.hidden = !asking.length;
    const { q, ...choices } = values;
    if (asking.length) answers.run(q, choices, SHOWN);
    else answers.clear();
  };

  page.addEventListener("input", (event) => {
    clearTimeout(pause);
    pause = setTimeout(narrow, event.target.type === "search" ? PAUSE : 0);
  });
  page.addEventListener("submit", (event) => {
    event.preventDefault();
    narrow();
  });
  page.addEventListener("reset", () => setTimeout(() => {
    narrow();
    page.elements.q.focus();
  }));

  const state = new URLSearchParams(location.search);
  const restore = (field) => {
    const value = state.get(field.name) ?? "";
    field.value = value;
    if (field.value !== value) field.value = ""; // A choice that is no longer there
  };

  // There may be many areas: the page doesn't carry them. Where they can't be had, the one in the address still narrows.
  const fetched = fields.filter(({ dataset }) => dataset.choices).map(async (field) => {
    const wanted = state.get(field.name);
    const choices = await fetch(field.dataset.choices).then((answer) => answer.json()).catch(() => (wanted ? { [wanted]: wanted } : {}));
    field.append(...Object.entries(choices).map(([value, title]) => new Option(title, value)));
  });
  const start = () => {
    fields.forEach(restore);
    page.querySelector("details").open = matchMedia("(min-width: 45em)").matches || fields.some(({ name, value }) => name !== "q" && value);
    if (fields.some(({ value }) => value)) narrow();
    else page.elements.q.focus({ preventScroll: true });
  };

  const key = document.getElementById("search-key");
  key.checked = __md_get(KEY) !== false;
  key.addEventListener("change", () => __md_set(KEY, key.checked));
  page.hidden = key.closest("[hidden]").hidden = false;
  if (fields.some(({ dataset, name }) => dataset.choices && state.get(name))) Promise.all(fetched).then(start);
  else start();
  ready();
})();

// Shows what the search finds: below the field of a dialog, or on a page of its own.
(() => {
  "use strict";
  const room = window.formularySearch;
  // search-box.js has loaded this script: both lie in _static/formulary/.
  const index = new URL("../../_search/", document.currentScript.src);
  const FIRST = { articles: 7, formulas: 5 }; // of the group that comes first; of the other, fewer
  const FEWER = { articles: 5, formulas: 3 };
  const PAUSE = 120; // milliseconds without a key before a search

  // ---- files: scripts, since a page that was opened as a file may read no other ones

  const files = new Map(); // name -> promise
  const arrived = new Map();
  let version = "";
  room.take = (name, data) => arrived.set(name, data);

  function load(name) {
    if (!files.has(name)) files.set(name, fetched(name));
    return files.get(name);
  }

  function fetched(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const failed = () => {
        files.delete(name); // the next search tries again
        reject(new Error(name === "manifest" ? "missing" : "broken"));
      };
      // The first file names the version of the others, so it is the one that is never old.
      script.src = new URL(`${name}.js?v=${version || Date.now()}`, index);
      script.onerror = failed;
      script.onload = () => {
        script.remove();
        if (!arrived.has(name)) return failed();
        if (name === "manifest") version = arrived.get(name).version;
        resolve(arrived.get(name));
      };
      document.head.append(script);
    });
  }

  // ---- nodes

  function make(tag, className, ...children) {
    const node = Object.assign(document.createElement(tag), { className });
    node.append(...children.filter((child) => child !== undefined && child !== ""));
    return node;
  }

  const filled = (text, ...values) => values.reduce((told, value) => told.replace("%d", value), text);
  const address = ({ url, id }) => new URL(id ? `${url}#${id}` : url, new URL("../", index)).href;

  function articleLink(found) {
    const link = make(
      "a", "search-result",
      make("span", "search-result-title", found.title),
      found.heading && make("span", "search-result-section", found.heading),
      make("span", "search-result-excerpt", ...found.excerpt.map(([text, marked]) => (marked ? make("mark", "", text) : text))),
      make("span", "search-result-meta", [found.date, found.category].filter(Boolean).join(" · ")),
    );
    return Object.assign(link, { href: address(found) });
  }

  function formulaLink(found) {
    const math = make("span", "search-result-math");
    math.innerHTML = found.html;
    const name = found.name || found.title;
    const link = make(
      "a", "search-result search-result-formula",
      make("span", "search-result-title", name),
      found.heading && make("span", "search-result-section", found.heading),
      math,
    );
    return Object.assign(link, { href: address(found) });
  }

  // ---- one search box

  room.view = (form, results, words) => {
    const field = form.elements.q;
    const engine = new room.Index(load);
    const status = make("p", "search-status");
    status.role = "status";
    const list = make("div", "search-groups");
    results.replaceChildren(status, list);
    let latest = 0;
    let timer;

    const filters = () => Object.fromEntries([...form.querySelectorAll("select")].map(({ name, value }) => [name, value]));

    function say(state, text) {
      status.textContent = text;
      results.dataset.state = state;
    }

    async function run() {
      clearTimeout(timer);
      const turn = (latest += 1);
      const typed = field.value.trim();
      if (!typed) return list.replaceChildren(), say("empty", words.hint);
      results.dataset.state = "loading";
      results.ariaBusy = "true";
      try {
        const found = await room.search(engine, typed, filters());
        const groups = await shown(found, turn);
        if (turn !== latest) return;
        list.replaceChildren(...groups);
        const { articles, formulas } = found;
        say("done", articles.length + formulas.length
          ? filled(words.found, articles.length, formulas.length) : words.nothing);
      } catch (error) {
        if (turn !== latest) return;
        list.replaceChildren();
        say("error", error.message === "missing" ? words[location.protocol === "file:" ? "missingFile" : "missing"] : words.broken);
        console.warn(error);
      } finally {
        if (turn === latest) results.ariaBusy = "false";
      }
    }

    async function shown(found) {
      const order = found.first === "formulas" ? ["formulas", "articles"] : ["articles", "formulas"];
      const groups = await Promise.all(order.map((name, at) => group(name, found, (at ? FEWER : FIRST)[name])));
      return groups.filter(Boolean);
    }

    async function group(name, found, count) {
      if (!found[name].length) return null;
      const items = make("ol", "search-list");
      const section = make("section", `search-group search-${name}`, make("h2", "", words[name]), items);
      const link = name === "articles"
        ? async (hit) => articleLink(await room.article(engine, hit, found.terms))
        : async (hit) => formulaLink(await room.formula(engine, hit));
      const rest = [...found[name]];
      async function more(number) {
        const links = await Promise.all(rest.splice(0, number).map(link));
        items.append(...links.map((node) => make("li", "", node)));
        return links[0];
      }
      await more(count);
      if (rest.length) section.append(moreButton(rest, more));
      return section;
    }

    function moreButton(rest, more) {
      const button = make("button", "search-more", words.more);
      button.type = "button";
      button.addEventListener("click", async () => {
        (await more(10)).focus();
        if (!rest.length) button.remove();
      });
      return button;
    }

    // Arrows go from the field through the results and back.
    function move(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.target.matches("select") || event.ctrlKey || event.metaKey || event.altKey) return;
      const stops = [field, ...results.querySelectorAll(".search-result")];
      const at = stops.indexOf(document.activeElement);
      if (at < 0) return;
      event.preventDefault();
      stops[Math.max(0, Math.min(at + step, stops.length - 1))].focus();
    }

    function remember() {
      const address = new URL(location.href);
      for (const [name, value] of new FormData(form)) {
        if (value) address.searchParams.set(name, value);
        else address.searchParams.delete(name);
      }
      history.replaceState(null, "", address);
    }

    const isPage = results.id === "search-results";
    for (const node of [form, results]) node.addEventListener("keydown", move);
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (isPage) remember();
        run();
      }, PAUSE);
    });
    form.addEventListener("submit", (event) => {
      if (!isPage && field.value.trim()) return; // the page shows all, with filters
      event.preventDefault();
      if (isPage) remember();
      run();
    });
    if (isPage) {
      for (const [name, value] of new URL(location.href).searchParams) {
        if (form.elements[name]) form.elements[name].value = value;
      }
      if (!field.value) field.focus(); // who follows a link to results begins at the top of the page
    }
    run();
  };
})();

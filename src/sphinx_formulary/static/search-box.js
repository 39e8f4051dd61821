// Opens the search: by its button, by Ctrl+K, by a slash. Until then a page loads nothing else of it.
(() => {
  "use strict";
  const own = document.currentScript;
  const words = own.dataset;
  const files = new URL("./", own.src);
  const page = document.querySelector("form.search-form");
  const all = new URL(words.page, new URL("../../", own.src)).href;
  let box;

  function load(name) {
    return new Promise((resolve, reject) => {
      const isStyle = name.endsWith(".css");
      const node = document.createElement(isStyle ? "link" : "script");
      Object.assign(node, { onload: resolve, onerror: reject });
      // The version of this script is that of the others.
      const address = new URL(name + new URL(own.src).search, files).href;
      if (isStyle) Object.assign(node, { rel: "stylesheet", href: address });
      else Object.assign(node, { src: address, async: false });
      document.head.append(node);
    });
  }

  const parts = ["words", "tex", "files", "query", "excerpt", "engine", "view"].map((part) => `search-${part}.js`);
  const make = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  // It opens at once, so that no key is lost, and answers when its scripts have come.
  function dialog() {
    const field = make("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false, placeholder: words.hint });
    field.setAttribute("enterkeyhint", "search");
    const form = make(
      "form", { className: "search-form", action: all, role: "search" },
      make("label", {}, make("span", { className: "visually-hidden", textContent: words.search }), field),
      make("button", { type: "submit", textContent: words.all }),
      make("button", { type: "button", className: "search-close", ariaLabel: words.close, textContent: "×" }),
    );
    const results = make("div", { className: "search-results" });
    const box = make("dialog", { className: "search-dialog", ariaLabel: words.search }, form, results);
    form.querySelector(".search-close").addEventListener("click", () => box.close());
    box.addEventListener("click", (event) => event.target === box && box.close());
    // In a field for searching Escape would only empty it.
    field.addEventListener("keydown", (event) => event.key === "Escape" && (event.preventDefault(), box.close()));
    document.body.append(box);
    // Without them the page of the search says what is wrong.
    Promise.all(["search.css", ...parts].map(load)).then(
      () => window.formularySearch.view(form, results, words),
      () => (location.href = all),
    );
    return box;
  }

  function open() {
    const field = page?.querySelector("[name=q]");
    if (field) return field.select(), field.focus();
    box ||= dialog();
    if (!box.open) box.showModal();
    box.querySelector("input").select();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest(".search-open")) open();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const control = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!control && !slash) return;
    event.preventDefault();
    open();
  });
  if (page) {
    const results = document.getElementById("search-results");
    Promise.all(parts.map(load)).then(() => window.formularySearch.view(page, results, words));
  }
})();

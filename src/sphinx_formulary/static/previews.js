// Pointing at, focusing or tapping a reference shows what it leads to. Nothing is loaded before.
(() => {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  // Sphinx marks what leads to a document, a term or a target: links to files are not among them.
  const REFERENCES = [
    "a.formula-reference",
    "a.caption-reference",
    "a.footnote-reference",
    "a.reference.internal:has(> .std)",
    ".article-related a",
    ".article-backlinks a",
  ].join();
  const SHOW = 250; // milliseconds that a pointer rests on a link before its preview shows
  const HIDE = 200; // and in which it may go from the link to the preview

  const documents = new Map(); // address -> promise of its previews
  const arrived = {};
  window.formularyPreview = (uri, previews) => (arrived[uri] = previews);

  const card = document.createElement("div");
  card.id = "formula-preview";
  card.className = "formula-preview";
  card.popover = "auto";
  let current = null;
  let timer;

  function load(uri) {
    if (!documents.has(uri)) {
      documents.set(
        uri,
        new Promise((resolve) => {
          const script = document.createElement("script");
          const name = uri.replace(/\.html$/, "").replace(/\/$/, "") || "index";
          script.src = new URL(`_previews/${name}.js`, root);
          script.onload = () => resolve(arrived[decodeURI(uri)]);
          script.onerror = () => resolve(undefined);
          document.head.append(script);
        }),
      );
    }
    return documents.get(uri);
  }

  // What is on this page is shown as it is.
  function here(id) {
    const found = document.getElementById(id);
    const block = found && found.closest("div.math, figure, aside, table, .literal-block-wrapper, dd");
    if (found && found.matches(".glossary > dt")) return definition(found);
    return block ? { html: block.outerHTML } : undefined;
  }

  // Several terms may stand above one definition.
  function definition(term) {
    while (term && !term.matches("dd")) term = term.nextElementSibling;
    return term ? { html: term.innerHTML } : undefined;
  }

  async function preview(link) {
    const target = new URL(link.href);
    const id = decodeURIComponent(target.hash.slice(1));
    if (target.pathname === location.pathname && target.host === location.host) return here(id);
    if (!target.href.startsWith(root.href)) return undefined;
    const uri = target.href.slice(root.href.length).replace(/[?#].*/, "");
    const found = await load(uri);
    return found && (found[id] || (id ? undefined : found[""]));
  }

  function fill(link, { title, date, html }) {
    const content = document.createElement("template");
    content.innerHTML = html || "";
    // It is shown beside the thing itself, whose ids and links these are.
    content.content.querySelectorAll(".headerlink, .backrefs").forEach((node) => node.remove());
    content.content.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    // Its images are named from its own page.
    content.content.querySelectorAll("img").forEach((image) => {
      image.src = new URL(image.getAttribute("src"), link.href);
    });
    const head = document.createElement("p");
    head.className = "formula-preview-title";
    const anchor = document.createElement("a");
    anchor.href = link.href;
    anchor.innerHTML = title || "";
    head.append(anchor);
    if (date) head.append(" ", Object.assign(document.createElement("time"), { textContent: date }));
    card.replaceChildren(...(title ? [head] : []), content.content);
  }

  async function show(link) {
    const found = await preview(link);
    if (!found || current !== link) return;
    fill(link, found);
    if (!card.isConnected) document.body.append(card);
    link.style.anchorName = "--formula-preview";
    link.setAttribute("aria-describedby", card.id);
    card.showPopover();
  }

  function hide() {
    clearTimeout(timer);
    if (current) {
      current.style.anchorName = "";
      current.removeAttribute("aria-describedby");
    }
    current = null;
    if (card.matches(":popover-open")) card.hidePopover();
  }

  function soon(link) {
    clearTimeout(timer);
    if (current === link) return;
    timer = setTimeout(() => {
      hide();
      current = link;
      show(link);
    }, SHOW);
  }

  function reference(event) {
    const link = event.target.closest && event.target.closest(REFERENCES);
    return link && !link.closest("nav, .formula-preview, .headerlink, .bd-sidebar") ? link : null;
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = reference(event);
    if (link) soon(link);
    else if (card.contains(event.target)) clearTimeout(timer);
    else if (current || timer) {
      clearTimeout(timer);
      timer = setTimeout(hide, HIDE);
    }
  });
  document.addEventListener("focusin", (event) => {
    const link = reference(event);
    if (link && link.matches(":focus-visible")) soon(link);
    else if (!card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  // The first tap shows the preview, the second follows the link.
  document.addEventListener("click", (event) => {
    const link = reference(event);
    if (!link || event.pointerType !== "touch" || current === link) return;
    event.preventDefault();
    hide();
    current = link;
    show(link).then(() => {
      if (current === link && !card.matches(":popover-open")) location.href = link.href;
    });
  });
  // In an index a formula is written out below its name.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.formula-shown");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const entry = link.parentElement;
    const shown = entry.querySelector(".math");
    link.ariaExpanded = !shown;
    if (shown) return shown.remove();
    const found = await preview(entry.querySelector("a.formula-reference"));
    if (!found) location.href = link.href;
    else if (!entry.querySelector(".math")) {
      const place = { className: "math notranslate", innerHTML: found.html };
      entry.append(Object.assign(document.createElement("div"), place));
    }
  });
  card.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && current) hide();
  });
})();

// Buttons that copy: a formula's TeX, its address, a reference to it; a block of code.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const texts = {
    tex: (row) => formula(row).querySelector("annotation").textContent.trim(),
    link: (row) => new URL(`#${row.dataset.id}`, location.href).href,
    reference: (row) => `{eq}\`${row.dataset.labels}\``,
    code: (row) => row.parentElement.querySelector("pre").textContent.replace(/\n$/, ""),
  };
  const formula = (row) => row.closest(".formula-foot").previousElementSibling;

  // A page that was opened as a file, or without encryption, may not use the clipboard's own interface.
  async function write(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      select(text);
    }
  }

  function select(text) {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("the browser forbids to copy");
  }

  for (const block of document.querySelectorAll("div.highlight, .article-cite-text")) {
    const row = Object.assign(document.createElement("div"), { className: "code-copy" });
    const button = Object.assign(document.createElement("button"), { type: "button", value: "code" });
    button.textContent = words.copy;
    row.append(document.createElement("output"), button);
    block.append(row);
  }
  for (const row of document.querySelectorAll(".formula-copy, .code-copy")) {
    row.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      write(texts[button.value](row)).then(() => {
        row.querySelector("output").textContent = words.copied;
        setTimeout(() => (row.querySelector("output").textContent = ""), 2000);
      });
    });
  }
})();

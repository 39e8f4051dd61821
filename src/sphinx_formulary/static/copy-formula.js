// The buttons below a labelled formula copy its TeX, its address, or a reference to it.
(() => {
  "use strict";
  const texts = {
    tex: (tools) => tools.formula.querySelector("annotation").textContent.trim(),
    link: (tools) => new URL(`#${tools.id}`, location.href).href,
    reference: (tools) => `{eq}\`${tools.labels}\``,
  };

  function written(text) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject();
  }

  for (const row of document.querySelectorAll(".formula-copy")) {
    row.hidden = false;
    row.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      const tools = {
        formula: row.closest(".formula-foot").previousElementSibling,
        id: row.dataset.id,
        labels: row.dataset.labels,
      };
      written(texts[button.value](tools)).then(() => {
        row.querySelector("output").textContent = row.dataset.done;
        setTimeout(() => (row.querySelector("output").textContent = ""), 2000);
      });
    });
  }
})();

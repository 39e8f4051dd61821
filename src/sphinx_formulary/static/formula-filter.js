// An index of formulas or symbols shows, as one types, the entries in which every word occurs.
(() => {
  "use strict";
  for (const index of document.querySelectorAll(".formula-index")) {
    const field = index.querySelector("input");
    const count = index.querySelector("output");
    const groups = [...index.querySelectorAll(".formula-group")].map((group) => ({
      group,
      entries: [...group.querySelectorAll(".formula-entry")].map((entry) => ({
        entry,
        text: `${group.querySelector("h2").textContent} ${entry.textContent}`.toLowerCase(),
      })),
    }));
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      let shown = 0;
      for (const { group, entries } of groups) {
        const found = entries.filter(({ entry, text }) => {
          entry.hidden = !words.every((word) => text.includes(word));
          return !entry.hidden;
        });
        group.hidden = !found.length;
        shown += found.length;
      }
      count.textContent = shown;
    });
  }
})();

// What scrolls inside itself can be reached by keyboard while it is wider than its place.
(() => {
  "use strict";
  const WIDE = ".katex-display, .formula-source, .pst-scrollable-table-container, .cell_output > .output, pre, p:has(> span.math, > .formula-end)";
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth + 1 && getComputedStyle(target).overflowX !== "visible";
      if (scrolls) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const block of document.querySelectorAll(WIDE)) watch.observe(block);
})();

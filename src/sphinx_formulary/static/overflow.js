// What scrolls inside itself can be reached by keyboard while it is wider than its place.
(() => {
  "use strict";
  const WIDE = ".katex-display, .formula-source, .pst-scrollable-table-container, .cell_output > .output, pre";
  const NARROW = ", p:has(> span.math, > .formula-end)"; // on phones
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth + 1 && getComputedStyle(target).overflowX !== "visible";
      if (scrolls) target.tabIndex = 0;
      else if (target !== document.activeElement) target.removeAttribute("tabindex");
    }
  });
  // What is far away is laid out, and then measured, when it comes near: until then it may be wide.
  function begin() {
    const narrow = matchMedia("(max-width: 40rem)").matches;
    for (const block of document.querySelectorAll(WIDE + NARROW)) {
      if (narrow || block.matches(WIDE)) block.tabIndex = 0;
      watch.observe(block);
    }
  }
  // Nobody presses a key before the first paint.
  if (window.requestIdleCallback) requestIdleCallback(begin, { timeout: 500 });
  else setTimeout(begin);
})();

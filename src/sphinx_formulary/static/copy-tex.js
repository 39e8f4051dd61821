// A copied formula is its TeX: $…$, or $$…$$ where it is displayed; as HTML it is its MathML.
(function () {
  "use strict";

  function formula(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element && element.closest(".katex");
  }

  // What is selected; a formula of which a part is selected comes whole.
  function selected(selection) {
    const range = selection.getRangeAt(0).cloneRange();
    const first = formula(range.startContainer);
    const last = formula(range.endContainer);
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    return range.cloneContents();
  }

  // As the browser would write it, with line ends where blocks end.
  function plain(content) {
    const box = document.createElement("div");
    box.style.cssText = "position: fixed; left: 200vw; white-space: pre-wrap";
    box.append(content);
    document.body.append(box);
    const text = box.innerText;
    box.remove();
    return text;
  }

  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (selection.isCollapsed || !event.clipboardData) return;
    const content = selected(selection);
    const formulas = content.querySelectorAll(".katex");
    if (!formulas.length) return;
    content.querySelectorAll(".eqno, .headerlink, .formula-foot, .code-copy").forEach((item) => item.remove());
    formulas.forEach((item) => item.replaceWith(item.querySelector("math")));
    const box = document.createElement("div");
    box.append(content);
    event.clipboardData.setData("text/html", box.innerHTML);
    box.querySelectorAll("math").forEach((math) => {
      const mark = math.getAttribute("display") === "block" ? "$$" : "$";
      math.replaceWith(mark + math.querySelector("annotation").textContent.trim() + mark);
    });
    event.clipboardData.setData("text/plain", plain(box));
    event.preventDefault();
  });
})();

// Moves the picture of the graph, by d3-zoom, and walks through it by keys. The picture is there without.
(() => {
  "use strict";
  const { d3 } = window;
  const root = document.querySelector(".article-graph");
  // It listens for the focus, not the SVG: Chromium makes an SVG that does a stop for Tab.
  const picture = root.querySelector(".graph-picture");
  const svg = root.querySelector(".graph-chart");
  const view = svg.querySelector(".graph-view");
  const rays = svg.querySelector(".graph-rays");
  const lit = svg.querySelector(".graph-lit");
  const told = root.querySelector(".graph-told");
  const list = root.querySelector(".graph-list");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const nodes = [...svg.querySelectorAll(".graph-node")].map((link) => {
    const { e: x, f: y } = link.transform.baseVal[0].matrix;
    const { category } = link.dataset;
    const name = link.querySelector("text").textContent;
    const wide = [...name].reduce((sum, letter) => sum + (letter < "\u2e80" ? 0.6 : 1), 0);
    return { link, x, y, category, name, wide: wide + 0.6, to: new Set(), by: new Set() };
  });
  const nodeOf = new Map(nodes.map((node) => [node.link, node]));
  const outlines = rays.getAttribute("d").split(/(?<=z)/);
  const links = rays.dataset.links.trim().split(" ").filter(Boolean).map((pair, index) => {
    const [source, target] = pair.split("-").map((place) => nodes[place]);
    source.to.add(target);
    target.by.add(source);
    return { source, target, outline: outlines[index] };
  });
  const drawn = (found) => found.map(({ outline }) => outline).join("");

  // ---- what an article is linked with

  function tell(node) {
    told.replaceChildren();
    if (!node) return told.append(told.dataset.hint);
    const add = (tag, text, parent = told) => {
      const element = document.createElement(tag);
      element.textContent = text;
      parent.append(element, " ");
      return element;
    };
    add("b", node.link.querySelector("title").textContent);
    for (const [others, words] of [[node.to, told.dataset.to], [node.by, told.dataset.by]]) {
      if (!others.size) continue;
      const part = add("span", "");
      add("i", words, part);
      part.append([...others].map(({ name }) => name).join(told.dataset.comma));
    }
    if (!node.to.size && !node.by.size) add("span", told.dataset.none);
  }

  function emphasise(node) {
    svg.classList.toggle("lit", Boolean(node));
    lit.setAttribute("d", node ? drawn(links.filter(({ source, target }) => source === node || target === node)) : "");
    for (const other of nodes) {
      other.link.classList.toggle("at", other === node);
      other.link.classList.toggle("on", Boolean(node && (other === node || node.to.has(other) || node.by.has(other))));
    }
    tell(node);
  }

  const focused = () => nodeOf.get(document.activeElement);
  svg.addEventListener("pointerover", ({ target }) => emphasise(nodeOf.get(target.closest("a")) || focused()));
  svg.addEventListener("pointerleave", () => emphasise(focused()));
  picture.addEventListener("focusin", ({ target }) => emphasise(nodeOf.get(target)));
  picture.addEventListener("focusout", () => emphasise());

  // ---- zoom

  const { width, height } = svg.viewBox.baseVal;
  const LABEL = 13, READABLE = 10; // sizes of labels: as drawn, and in pixels at least
  const MANY = 60; // labels, where not all have room
  const important = [...nodes].sort((one, other) => other.by.size - one.by.size);
  const scale = () => svg.getScreenCTM().a;
  const zoom = d3.zoom()
    .translateExtent([[0, 0], [width, height]])
    // The page scrolls by the wheel and by one finger until the picture is larger than its frame.
    .filter((event) => {
      if (event.type === "wheel") return event.ctrlKey || event.metaKey;
      if (event.touches) return event.touches.length > 1 || d3.zoomTransform(svg).k > 1;
      return !event.button && !event.ctrlKey;
    })
    .on("zoom", ({ transform }) => {
      view.setAttribute("transform", transform);
      show(transform.k);
    });
  const chart = d3.select(svg).call(zoom).on("dblclick.zoom", null);
  const moving = () => (still.matches ? chart : chart.transition().duration(200));

  function show(k) {
    svg.classList.toggle("moved", k > 1);
    const size = Math.max(LABEL, READABLE / (scale() * k));
    svg.classList.toggle("far", size > LABEL);
    svg.style.setProperty("--graph-label", `${size}px`);
    if (size > LABEL) choose(size);
  }
  // Where labels would be too small they are larger, and those of the articles with most links stay.
  function choose(size) {
    const taken = [];
    for (const { link, x, y, wide } of important) {
      const box = { left: x - (wide * size) / 2, right: x + (wide * size) / 2, top: y - size, bottom: y + 2 * size };
      const inside = box.left >= 0 && box.right <= width;
      const free = inside && taken.length < MANY && taken.every((other) =>
        box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top);
      link.classList.toggle("named", free);
      if (free) taken.push(box);
    }
  }
  function fit() {
    zoom.scaleExtent([1, Math.max(4, 1.6 / scale())]);
    show(d3.zoomTransform(svg).k);
  }
  new ResizeObserver(fit).observe(svg);

  const ZOOM = {
    "+": () => moving().call(zoom.scaleBy, 1.5),
    "=": () => ZOOM["+"](),
    "-": () => moving().call(zoom.scaleBy, 1 / 1.5),
    0: () => moving().call(zoom.transform, d3.zoomIdentity),
  };
  const buttons = root.querySelector(".graph-buttons");
  buttons.addEventListener("click", ({ target }) => ZOOM[target.value]?.());

  // ---- keys: one stop for Tab, arrows to the nearest article

  const STEPS = { PageDown: 1, PageUp: -1 }; // through all of them, in the order of the list
  const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const shown = () => nodes.filter(({ link }) => !link.classList.contains("off"));
  let stop;

  function stopAt(node) {
    for (const other of nodes) other.link.tabIndex = other === node ? 0 : -1;
    stop = node;
  }

  // The nearest on that side; what lies aside counts as farther.
  function nearest(from, [dx, dy]) {
    let best, least = Infinity;
    for (const node of shown()) {
      const along = (node.x - from.x) * dx + (node.y - from.y) * dy;
      const aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
      if (along > 0 && along + 2 * aside < least) [best, least] = [node, along + 2 * aside];
    }
    return best;
  }

  function goTo(node) {
    if (!node) return;
    stopAt(node);
    node.link.focus({ preventScroll: true });
    const frame = svg.getBoundingClientRect(), box = node.link.getBoundingClientRect();
    const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    if (!inside) moving().call(zoom.translateTo, node.x, node.y);
    svg.scrollIntoView({ block: "nearest" });
  }

  picture.addEventListener("focusin", ({ target }) => nodeOf.has(target) && stopAt(nodeOf.get(target)));
  svg.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (key in DIRECTIONS) goTo(nearest(stop, DIRECTIONS[key]));
    else if (key === "Home") goTo(shown()[0]);
    else if (key === "End") goTo(shown().at(-1));
    else if (key in STEPS) goTo(shown()[shown().indexOf(stop) + STEPS[key]]);
    else if (key === "Escape") list.focus();
    else if (key in ZOOM) ZOOM[key]();
    else return;
    event.preventDefault();
  });

  // ---- categories

  const boxes = [...root.querySelectorAll(".graph-filter input")];
  function filter() {
    const wanted = new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value));
    const fits = ({ category }) => !wanted.size || wanted.has(category);
    for (const node of nodes) node.link.classList.toggle("off", !fits(node));
    for (const group of list.querySelectorAll(".graph-group")) group.hidden = !fits(group.dataset);
    rays.setAttribute("d", drawn(links.filter(({ source, target }) => fits(source) || fits(target))));
    if (!stop || !fits(stop)) stopAt(shown()[0]);
  }
  for (const box of boxes) box.addEventListener("change", filter);

  filter();
  tell();
  fit();
})();

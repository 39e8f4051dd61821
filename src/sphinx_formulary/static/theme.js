// What the pydata theme asks of Bootstrap: menus, tooltips, and the button back to the top; and a table
// of contents that follows the reading.
"use strict";
(() => {
  const DELAY = 500; // milliseconds until a tooltip shows
  const clamp = (value, size) => Math.max(4, Math.min(value, document.documentElement.clientWidth - size - 4));

  class Tooltip {
    constructor(anchor, { title }) {
      Object.assign(this, { anchor, title });
    }
    show() {
      this.hide();
      if (this.anchor.querySelector(".dropdown-menu.show")) return;
      const tip = (this.tip = document.createElement("div"));
      tip.className = "tooltip show";
      tip.role = "tooltip";
      tip.style = "position: fixed; left: 0; width: max-content";
      tip.innerHTML = '<div class="tooltip-inner"></div>';
      tip.firstChild.textContent = this.title;
      (this.anchor.closest("dialog[open]") || document.body).append(tip);
      const box = this.anchor.getBoundingClientRect();
      const left = clamp(box.left + (box.width - tip.offsetWidth) / 2, tip.offsetWidth);
      const below = box.bottom + tip.offsetHeight + 8 < innerHeight;
      const top = below ? box.bottom + 4 : box.top - tip.offsetHeight - 4;
      Object.assign(tip.style, { left: `${left}px`, top: `${top}px` });
    }
    hide() {
      this.tip?.remove();
    }
  }
  window.bootstrap = { Tooltip };

  for (const anchor of document.querySelectorAll('[data-bs-toggle="tooltip"][title]')) {
    const tooltip = new Tooltip(anchor, { title: anchor.title });
    if (!anchor.ariaLabel && !anchor.textContent.trim()) anchor.ariaLabel = anchor.title;
    anchor.removeAttribute("title");
    let timer;
    const show = () => (clearTimeout(timer), (timer = setTimeout(() => tooltip.show(), DELAY)));
    const hide = () => (clearTimeout(timer), tooltip.hide());
    for (const event of ["pointerenter", "focusin"]) anchor.addEventListener(event, show);
    for (const event of ["pointerleave", "focusout", "click"]) anchor.addEventListener(event, hide);
    anchor.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
  }

  const button = (menu) => menu.parentElement.querySelector('[data-bs-toggle="dropdown"]');
  const set = (menu, open) => {
    menu.classList.toggle("show", open);
    button(menu).ariaExpanded = open;
    if (open && getComputedStyle(menu).position === "absolute") place(menu, button(menu).getBoundingClientRect());
  };
  // Below the button, in coordinates of what it scrolls with.
  function place(menu, box) {
    Object.assign(menu.style, { left: 0, right: "auto", margin: 0, transform: "none" });
    const parent = menu.offsetParent, origin = parent.getBoundingClientRect();
    const end = menu.classList.contains("dropdown-menu-end");
    const left = clamp(end ? box.right - menu.offsetWidth : box.left, menu.offsetWidth);
    menu.style.left = `${left - origin.left - parent.clientLeft + parent.scrollLeft}px`;
    menu.style.top = `${box.bottom + 2 - origin.top - parent.clientTop + parent.scrollTop}px`;
  }
  document.addEventListener("click", ({ target }) => {
    const pressed = target.closest('[data-bs-toggle="dropdown"]');
    const own = pressed?.parentElement.querySelector(".dropdown-menu");
    const open = own && !own.classList.contains("show");
    for (const menu of document.querySelectorAll(".dropdown-menu.show")) set(menu, false);
    if (open) set(own, true);
  });
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector(".dropdown-menu.show");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!menu || !(step || event.key === "Escape")) return;
    event.preventDefault();
    if (step) {
      const items = [...menu.querySelectorAll("a, button")];
      const next = items.indexOf(document.activeElement) + step;
      items.at(Math.max(0, Math.min(next, items.length - 1))).focus();
    } else {
      set(menu, false);
      button(menu).focus();
    }
  });

  // Paper is light.
  const page = document.documentElement;
  let theme;
  addEventListener("beforeprint", () => ((theme = page.dataset.theme), (page.dataset.theme = "light")));
  addEventListener("afterprint", () => (page.dataset.theme = theme));

  // The theme marks a section when its heading comes by, so a jump leaves the mark where it was.
  const links = [...document.querySelectorAll('#pst-page-toc-nav a[href^="#"]')];
  const sectionTop = (link) => document.getElementById(decodeURI(link.hash.slice(1)))?.getBoundingClientRect().top;
  function mark() {
    const ended = scrollY + innerHeight > page.scrollHeight - 2;
    // What was clicked may be too near to the end to come to the top.
    const clicked = ended && links.find((link) => link.hash === location.hash && sectionTop(link) < innerHeight);
    const current = clicked || links.findLast((link) => sectionTop(link) < 0.3 * innerHeight);
    for (const link of links) {
      link.classList.toggle("active", link === current);
      link.ariaCurrent = link === current ? "true" : null;
    }
    for (const entry of document.querySelectorAll(".toc-entry")) entry.classList.toggle("active", entry.contains(current ?? null));
  }
  if (links.length) addEventListener("scroll", () => requestAnimationFrame(mark));

  const top = document.getElementById("pst-back-to-top");
  if (!top) return;
  const header = document.querySelector(".bd-header");
  let last; // to ask for it here would lay the page out before it is painted
  top.addEventListener("click", () => scrollTo(0, 0));
  addEventListener("scroll", () => {
    if (scrollY === last) return;
    top.style.display = scrollY < last && scrollY > header.offsetHeight ? "block" : "none";
    last = scrollY;
  });
})();

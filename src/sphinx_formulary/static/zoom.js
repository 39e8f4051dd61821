// A click on a figure shows it as large as the window; Esc, or another click, takes it back.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const dialog = Object.assign(document.createElement("dialog"), { className: "figure-zoom" });
  dialog.addEventListener("click", () => dialog.close());

  function show(button) {
    const image = button.firstElementChild.cloneNode();
    for (const name of ["width", "height", "style", "id"]) image.removeAttribute(name);
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "✕" });
    close.ariaLabel = words.close;
    dialog.replaceChildren(close, image);
    dialog.ariaLabel = image.alt;
    if (!dialog.isConnected) document.body.append(dialog);
    dialog.showModal();
  }

  // A scaled image is a link to itself, for those who have no script.
  const itself = (link) => link.matches(".image-reference") && link.href === link.querySelector("img").src;

  for (const image of document.querySelectorAll("article figure img")) {
    const link = image.closest("a, button");
    if (link && !itself(link)) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "figure-button" });
    button.ariaLabel = `${words.enlarge}${image.alt}`;
    button.classList.add(...[...image.classList].filter((name) => name.startsWith("only-")));
    (link || image).replaceWith(button);
    button.append(image);
    button.addEventListener("click", () => show(button));
  }
})();

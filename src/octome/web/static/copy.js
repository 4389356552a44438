// @ts-check
// The menu of what a page has to copy: a button for each line. Without scripts its lines are read
// and selected like other text.

const SHOWN_MS = 1500; // how long a button says that it has copied

/** The label for a screen reader. @param {string} label  @param {boolean} isCopied */
export const copied = (label, isCopied) =>
  isCopied ? `${label} copied` : `${label} could not be copied: it is selected, copy it with the keyboard`;

/** @param {HTMLElement} value  @param {HTMLButtonElement} button  @param {string} label */
async function copy(value, button, label) {
  const link = value instanceof HTMLAnchorElement ? value : null;
  let isCopied = true;
  try {
    await navigator.clipboard.writeText(link?.href ?? value.textContent ?? "");
  } catch {
    isCopied = false;
    getSelection()?.selectAllChildren(value);
  }
  const status = document.getElementById("status");
  if (status) status.textContent = copied(label, isCopied);
  button.textContent = isCopied ? "Copied" : "Selected";
  setTimeout(() => (button.textContent = "Copy"), SHOWN_MS);
}

/** Give each line of the menu its button. */
export function wireCopying() {
  for (const line of document.querySelectorAll("details.copy .line:not(:has(button))")) {
    const label = line.querySelector("dt")?.textContent ?? "";
    const value = /** @type {HTMLElement} */ (line.querySelector("dd .value"));
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${label}`);
    button.addEventListener("click", () => void copy(value, button, label));
    value.after(button);
  }
}

/** Close the menus of the page by Escape, or by a click elsewhere. */
export function wireMenus() {
  const open = () => /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details:is(.copy, .edition)[open]")]);
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
      menu.open = false;
    }
  });
}

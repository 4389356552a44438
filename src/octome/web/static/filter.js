// @ts-check

/** Whether every word of a filter begins a word of a name.
 *  @param {string} name  @param {string} filter */
export const matches = (name, filter) => {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return filter.toLowerCase().split(/\s+/).every((start) => words.some((word) => word.startsWith(start)));
};

/** The field above the tree that hides what it does not name. */
export function wireFilter() {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector(".tree .filter"));
  if (!field || !field.hidden) return;
  field.hidden = false;
  const root = /** @type {HTMLElement} */ (document.querySelector(".tree ul.root"));
  field.addEventListener("input", () => {
    const filter = field.value.trim();
    /** @type {HTMLElement | null} */
    let group = null;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(":scope > li"))) {
      if (item.classList.contains("group")) {
        group = item;
        group.hidden = true;
        continue;
      }
      const name = item.querySelector(".name")?.textContent ?? "";
      item.hidden = !matches(name, filter);
      if (group && !item.hidden) group.hidden = false;
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    const first = [...root.querySelectorAll("a[data-path]")].find((a) => /** @type {HTMLElement} */ (a).offsetParent);
    /** @type {HTMLElement | undefined} */ (first)?.focus();
  });
}

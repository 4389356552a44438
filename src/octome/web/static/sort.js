// @ts-check
// Tables that are sorted by a column when its heading is clicked; a second click turns the order.

/** Sorts texts in natural order, blank ones last in either direction.
 *  @param {string} a  @param {string} b  @param {boolean} isDescending */
export const compare = (a, b, isDescending) => {
  if (!a || !b) return Number(!a) - Number(!b);
  return a.localeCompare(b, "en", { numeric: true }) * (isDescending ? -1 : 1);
};

/** @param {HTMLTableElement} table  @param {number} column  @param {boolean} isDescending */
function sort(table, column, isDescending) {
  const body = table.tBodies[0];
  /** @param {HTMLTableRowElement} row */
  const words = (row) => row.cells[column].textContent?.trim() ?? "";
  body.append(...[...body.rows].sort((a, b) => compare(words(a), words(b), isDescending)));
}

/** Give every heading of a sortable table a button. */
export function wireSorting() {
  for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("table.sortable:not([data-wired])"))) {
    table.dataset.wired = "yes";
    const headings = [...(table.tHead?.rows[0].cells ?? [])];
    for (const [column, heading] of headings.entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const isDescending = heading.getAttribute("aria-sort") === "ascending";
        for (const other of headings) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
        sort(table, column, isDescending);
      });
    }
  }
}

// @ts-check
// The filter above a long list: a field that hides lines without a match, and counts the others.
// Its markup is `_parts/list.html`; the tree has the same. Without scripts the list is whole.

const PARAMETER = "filter"; // in the address, so that a filtered list can be linked to

// A tag with a comma, where zeros in front may be left out, or eight digits with or without a space.
const TAGS = [/^\(?(?:0x)?([\da-f]{1,4}|xx[\da-f]{2})\s*,\s*(?:0x)?([\da-fx]{1,4})\)?$/, /^\(?(?:0x)?([\da-fx]{4})\s?(?:0x)?([\da-fx]{4})\)?$/];

/** A filter that is a tag, as lines have it: itself, and the repeating groups and elements that it is of.
 *  @param {string} filter  in lower case  @returns {string[]} */
const tagsOf = (filter) => {
  const found = TAGS.map((tag) => filter.match(tag)).find(Boolean);
  if (!found) return [];
  const [group, element] = [found[1].padStart(4, "0").replace(/^xx(..)$/, "$1xx"), found[2].padStart(4, "0")];
  const groups = [group, `${group.slice(0, 2)}xx`];
  return [...groups.map((one) => `${one},${element}`), `${group},${element.slice(0, 2)}xx`];
};

/** Whether every word of a filter begins a word of a line, or of a name in one word (`PixelSpacing`);
 *  or whether it is the line's tag, in any spelling.
 *  @param {string} line  @param {string} filter */
export const matches = (line, filter) => {
  const folded = line.toLowerCase();
  /** @param {string} word */
  const begins = (word) => {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      const before = line.slice(Math.max(0, at - 1), at);
      if (!/[\p{L}\p{N}]/u.test(before) || /\p{Ll}\p{Lu}/u.test(line.slice(at - 1, at + 1))) return true;
    }
    return false;
  };
  const typed = filter.toLowerCase().trim();
  return typed.split(/\s+/).filter(Boolean).every(begins) || tagsOf(typed).some((tag) => folded.includes(`(${tag})`));
};

/** How many of how many lines match, in words.
 *  @param {number} matching  @param {number} all */
export const counted = (matching, all) => `${matching.toLocaleString("en")} of ${all.toLocaleString("en")}`;

/** The text that a filter searches in a line of a list: its own words, not those of nested lists.
 *  @param {HTMLElement} line */
const wordsOf = (line) => {
  const cells = line instanceof HTMLTableRowElement ? [...line.cells] : [line.querySelector(":scope > a") ?? line];
  return [...cells.map((cell) => cell.textContent), line.dataset.names].join(" ");
};

/** @param {HTMLElement} list  @param {string} filter  @returns {string} */
function show(list, filter) {
  let [matching, all] = [0, 0];
  /** @type {HTMLElement | null} */
  let heading = null;
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(":scope > li, :scope > tbody > tr"))) {
    if (line.matches(".group, .choice")) {
      heading = line;
      heading.hidden = filter !== "";
      continue;
    }
    line.hidden = !matches(wordsOf(line), filter);
    all += 1;
    if (line.hidden) continue;
    matching += 1;
    if (heading) heading.hidden = false;
  }
  return filter ? counted(matching, all) : "";
}

/** @param {HTMLInputElement} field  @param {HTMLElement} list */
function wire(field, list) {
  const isOfPage = field.closest("main") !== null;
  const count = /** @type {HTMLElement} */ (field.parentElement?.querySelector("output"));
  const first = () => /** @type {HTMLElement | undefined} */ ([...list.querySelectorAll("a[href]")].find((a) => /** @type {HTMLElement} */ (a).offsetParent));
  field.addEventListener("input", () => {
    const filter = field.value.trim();
    count.textContent = show(list, filter);
    if (!isOfPage) return;
    const address = new URL(location.href);
    if (filter) address.searchParams.set(PARAMETER, filter);
    else address.searchParams.delete(PARAMETER);
    history.replaceState(history.state, "", address);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      first()?.focus();
    } else if (event.key === "Enter" && field.value.trim()) first()?.click();
  });
  const given = isOfPage && new URL(location.href).searchParams.get(PARAMETER);
  if (given) {
    field.value = given;
    count.textContent = show(list, given);
  }
}

/** Show every field that is not shown yet, and make it filter its list. */
export function wireFilters() {
  for (const bar of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".filter-bar[hidden]"))) {
    const field = /** @type {HTMLInputElement} */ (bar.querySelector("input"));
    const list = document.getElementById(field.getAttribute("aria-controls") ?? "");
    if (!list) continue;
    bar.hidden = false;
    wire(field, list);
  }
}

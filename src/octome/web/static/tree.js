// @ts-check
// Keyboard and branches of the tree: one Tab stop, arrow keys inside, branches that open in place.

/** @typedef {(url: string, options?: {keepFocus?: boolean}) => Promise<void>} Navigate */

/** The visible lines, from top to bottom.
 *  @param {Element} tree  @returns {HTMLElement[]} */
const shown = (tree) =>
  /** @type {HTMLElement[]} */ ([...tree.querySelectorAll("a[data-path]")]).filter((a) => a.offsetParent !== null);

/** @param {HTMLElement} line  @returns {HTMLElement | null} */
const branchOf = (line) => /** @type {HTMLElement | null} */ (line.parentElement?.querySelector(":scope > ul") ?? null);

/** Where a key leads from a line: another line, or `open`, `close`, or nothing.
 *  @param {string} key  @param {number} at  @param {number} count
 *  @param {boolean} isOpen  @param {boolean} hasItems
 *  @returns {number | "open" | "close" | "parent" | null} */
export const stepFor = (key, at, count, isOpen, hasItems) => {
  if (key === "ArrowDown") return Math.min(at + 1, count - 1);
  if (key === "ArrowUp") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key === "ArrowRight") return isOpen ? Math.min(at + 1, count - 1) : hasItems ? "open" : null;
  if (key === "ArrowLeft") return isOpen ? "close" : "parent";
  return null;
};

/** The line that typed letters lead to: the one with that short name, or else the next one whose
 *  name, or else whose short name, begins with them. -1 if there is none.
 *  @param {{name: string, short: string[]}[]} lines  @param {number} at  the current one
 *  @param {string} typed */
export const typedLine = (lines, at, typed) => {
  const from = typed.length > 1 ? at : at + 1; // more letters may keep the line, one more moves on
  const order = lines.map((_, i) => (from + i) % lines.length);
  /** @param {(line: {name: string, short: string[]}) => boolean} fits */
  const first = (fits) => order.find((i) => fits(lines[i]));
  return (
    first((line) => typed.length > 1 && line.short.includes(typed)) ??
    first((line) => line.name.toLowerCase().startsWith(typed)) ??
    first((line) => line.short.some((name) => name.startsWith(typed))) ??
    -1
  );
};

/** Describe every line to assistive technology, and keep one of them in the Tab order.
 *  @param {Element} tree */
export function describe(tree) {
  const root = tree.querySelector("ul.root");
  root?.setAttribute("role", "tree");
  root?.setAttribute("aria-label", tree.getAttribute("aria-label") ?? "");
  for (const list of tree.querySelectorAll("ul ul")) list.setAttribute("role", "group");
  const lines = /** @type {NodeListOf<HTMLElement>} */ (tree.querySelectorAll("a[data-path]"));
  const current = tree.querySelector('a[aria-current="page"]') ?? lines[0];
  for (const line of lines) {
    line.setAttribute("role", "treeitem");
    line.tabIndex = line === current ? 0 : -1;
    line.setAttribute("aria-selected", String(line.getAttribute("aria-current") === "page"));
    if (!line.classList.contains("branch")) continue;
    const branch = branchOf(line);
    const isOpen = branch !== null && !branch.hidden;
    line.classList.toggle("open", isOpen);
    line.setAttribute("aria-expanded", String(isOpen));
    if (branch) {
      branch.id ||= `below-${line.dataset.path}`;
      line.setAttribute("aria-owns", branch.id);
    }
  }
}

/** Take from another page's tree every branch that this one has not loaded yet.
 *  @param {Element} tree  @param {Element} other */
export function graft(tree, other) {
  for (const list of other.querySelectorAll("ul.root ul")) {
    const path = /** @type {HTMLElement} */ (list.previousElementSibling)?.dataset.path;
    const line = /** @type {HTMLElement | null} */ (tree.querySelector(`a[data-path="${path}"]`));
    if (!line) continue;
    const branch = branchOf(line);
    if (branch) branch.hidden = false;
    else line.after(document.importNode(list, true));
  }
}

/** Mark the line of a page as the current one, and bring it into view.
 *  @param {Element} tree  @param {string} path */
export function select(tree, path) {
  for (const line of tree.querySelectorAll("a[data-path]")) {
    if (/** @type {HTMLElement} */ (line).dataset.path === path) line.setAttribute("aria-current", "page");
    else line.removeAttribute("aria-current");
  }
  describe(tree);
  tree.querySelector('a[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
}

/** Open a line's branch in place, fetching it the first time.
 *  @param {Element} tree  @param {HTMLElement} line */
async function open(tree, line) {
  const branch = branchOf(line);
  if (branch) branch.hidden = false;
  else {
    line.classList.add("loading");
    try {
      const answer = await fetch(/** @type {HTMLAnchorElement} */ (line).href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const other = page.querySelector(".tree");
      if (answer.ok && other) graft(tree, other);
    } catch {
      location.assign(/** @type {HTMLAnchorElement} */ (line).href); // the browser shows what is wrong
    } finally {
      line.classList.remove("loading");
    }
  }
  describe(tree);
  makeTabStop(tree, line);
}

/** @param {Element} tree  @param {HTMLElement} line */
function close(tree, line) {
  const branch = branchOf(line);
  if (branch) branch.hidden = true;
  describe(tree);
  makeTabStop(tree, line);
}

/** Make a line the only Tab stop of the tree.
 *  @param {Element} tree  @param {HTMLElement} line */
function makeTabStop(tree, line) {
  for (const other of tree.querySelectorAll('a[data-path][tabindex="0"]')) /** @type {HTMLElement} */ (other).tabIndex = -1;
  line.tabIndex = 0;
}

/** @param {Element} tree  @param {HTMLElement} line */
function focusLine(tree, line) {
  makeTabStop(tree, line);
  line.focus();
}

const TYPING_MS = 700; // between two letters of one name
let typed = "";
let typedAt = 0;

/** The letters typed so far, if a key adds to them; empty if it does not.
 *  @param {KeyboardEvent} event */
function typedWith(event) {
  const isOn = event.timeStamp - typedAt < TYPING_MS;
  if (event.key.length !== 1 || event.key === "/" || (event.key === " " && !(isOn && typed))) return "";
  typed = (isOn ? typed : "") + event.key.toLowerCase();
  typedAt = event.timeStamp;
  return typed;
}

/** @param {HTMLElement} line  @returns {{name: string, short: string[]}} */
const namesOf = (line) => ({
  name: line.querySelector(".name")?.textContent ?? "",
  short: line.parentElement?.dataset.names?.split(" ") ?? [],
});

/** Scroll to the line of the page that is shown.
 *  @param {Element} tree */
function showCurrent(tree) {
  tree.querySelector('a[aria-current="page"]')?.scrollIntoView({ block: "center" });
}

/** Make the tree of the page work with keys and open in place.
 *  @param {Navigate} navigate */
export function wireTree(navigate) {
  const tree = /** @type {HTMLElement | null} */ (document.querySelector(".tree"));
  if (!tree || tree.dataset.wired) return;
  tree.dataset.wired = "yes";
  describe(tree);
  showCurrent(tree);
  // On a phone the tree is hidden until it is called for; the page comes back at its beginning.
  document.getElementById("show-tree")?.addEventListener("change", (event) => {
    if (/** @type {HTMLInputElement} */ (event.target).checked) showCurrent(tree);
    else scrollTo(0, 0);
  });

  tree.addEventListener("click", (event) => {
    const line = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("a[data-path].branch"));
    if (!line || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const onArrow = event.detail > 0 && event.clientX - line.getBoundingClientRect().left < 22;
    const isOpen = line.classList.contains("open");
    if (onArrow || (isOpen && line.getAttribute("aria-current") === "page")) {
      event.preventDefault();
      event.stopPropagation();
      if (isOpen) close(tree, line);
      else void open(tree, line);
    }
  });

  tree.addEventListener("keydown", (event) => {
    const line = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("a[data-path]"));
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = typedWith(event);
    if (typing) {
      const near = shown(tree);
      const found = typedLine(near.map(namesOf), near.indexOf(line), typing);
      if (found >= 0) focusLine(tree, near[found]);
      event.preventDefault();
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      void navigate(/** @type {HTMLAnchorElement} */ (line).href, { keepFocus: true });
      return;
    }
    const lines = shown(tree);
    const isOpen = line.classList.contains("open");
    const step = stepFor(event.key, lines.indexOf(line), lines.length, isOpen, line.classList.contains("branch"));
    if (step === null) return;
    event.preventDefault();
    if (step === "open") void open(tree, line);
    else if (step === "close") close(tree, line);
    else if (step === "parent") {
      const parent = line.closest("ul")?.previousElementSibling;
      if (parent instanceof HTMLElement && parent.dataset.path) focusLine(tree, parent);
    } else focusLine(tree, lines[step]);
  });
}

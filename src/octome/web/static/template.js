// @ts-check
// Opens the rows of an included template in place, to any depth: the first level is in the page, what
// is deeper is fetched when it is opened. Without this script there is a link.

/** The templates that a place in the page is in, the innermost first.
 *  @param {Element} place  @returns {string[]} */
export const chainOf = (place) => {
  const found = [];
  for (let one = place.closest("[data-path]"); one; one = one.parentElement?.closest("[data-path]") ?? null) {
    found.push(/** @type {HTMLElement} */ (one).dataset.path ?? "");
  }
  return found;
};

/** What is shown where a template is included within itself. @param {HTMLDetailsElement} again */
const endRecursion = (again) => {
  const note = document.createElement("p");
  note.className = "quiet";
  note.textContent = `${again.querySelector("summary")?.textContent?.replace(/^Rows of /, "")} again here, to any depth.`;
  again.replaceWith(note);
};

/** @param {HTMLDetailsElement} opened */
async function fill(opened) {
  const link = /** @type {HTMLAnchorElement | null} */ (opened.querySelector(":scope > p > a"));
  if (!link) return;
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = page.querySelector("section.template > table");
  if (!answer.ok || !rows || !link.isConnected) return;
  const fresh = document.importNode(rows, true);
  for (const row of fresh.querySelectorAll("[id]")) row.removeAttribute("id");
  link.parentElement?.replaceWith(fresh);
  const chain = chainOf(opened);
  for (const one of /** @type {NodeListOf<HTMLDetailsElement>} */ (fresh.querySelectorAll("details[data-path]"))) {
    if (chain.includes(one.dataset.path ?? "")) endRecursion(one);
  }
}

/** Fetch the rows of what is opened. */
export function wireTemplates() {
  document.addEventListener(
    "toggle",
    (event) => {
      const opened = event.target;
      if (!(opened instanceof HTMLDetailsElement && opened.open && opened.dataset.path)) return;
      void fill(opened).catch(() => undefined); // the server is gone: the link stays
    },
    true, // it does not bubble
  );
}

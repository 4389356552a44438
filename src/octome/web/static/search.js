// @ts-check
// Search as you type: a combobox over `/search.json`.

const PAUSE_MS = 60; // between the last key and the question
const MOST = 12;
const MOST_NOTES = 3;

/** @typedef {[number, number][]} Marks  from each first character to before the second */
/** @typedef {{kind: string, title: string, detail: string, path: string, editions: string[],
 *  context: string, text_edition: string, title_marks: Marks, context_marks: Marks}} Hit */

/** A text in pieces, each with whether it is marked.
 *  @param {string} text  @param {Marks} marks  @returns {[string, boolean][]} */
export const pieces = (text, marks) => {
  const characters = [...text]; // the marks count these, not UTF-16 units
  /** @type {[string, boolean][]} */
  const found = [];
  let at = 0;
  for (const [start, end] of marks) {
    found.push([characters.slice(at, start).join(""), false], [characters.slice(start, end).join(""), true]);
    at = end;
  }
  found.push([characters.slice(at).join(""), false]);
  return found.filter(([words]) => words);
};

/** The option after `at`, cyclic; -1 is the field itself.
 *  @param {number} at  @param {number} by  @param {number} count */
export const nextOption = (at, by, count) => ((at + 1 + by + count + 1) % (count + 1)) - 1;

/** The address of a hit, in the edition that has it.
 *  @param {Hit} hit  @param {string} edition  the current one
 *  @param {string} given  its query in addresses, or empty */
export const addressOf = (hit, edition, given) => {
  const other = hit.editions.length > 0 && !hit.editions.includes(edition) ? hit.editions[hit.editions.length - 1] : given;
  return other ? `${hit.path}?edition=${encodeURIComponent(other)}` : hit.path;
};

/** @param {(url: string) => Promise<void>} navigate */
export function wireSearch(navigate) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById("q"));
  const list = /** @type {HTMLElement} */ (document.getElementById("hits"));
  const form = /** @type {HTMLFormElement} */ (field.form);
  let at = -1;
  let timer = 0;
  let latest = "";
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");

  const options = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-url]")]);
  const given = () => new URL(location.href).searchParams.get("edition") ?? "";

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  /** @param {number} index */
  const choose = (index) => {
    at = index;
    options().forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", options()[at].id);
      options()[at].scrollIntoView({ block: "nearest" });
    }
  };

  /** @param {string} url */
  const go = (url) => {
    close();
    field.blur();
    void navigate(url);
  };

  /** A line of the list that leads nowhere. @param {string} words */
  const note = (words) => {
    const item = document.createElement("li");
    item.role = "option";
    item.ariaDisabled = "true";
    item.className = "none";
    item.textContent = words;
    return item;
  };

  /** @param {string} name  @param {string} text  @param {Marks} [marks] */
  const part = (name, text, marks = []) => {
    const place = document.createElement("span");
    place.className = name;
    for (const [words, isMarked] of pieces(text, marks)) {
      const piece = isMarked ? document.createElement("mark") : document.createTextNode(words);
      if (isMarked) piece.textContent = words;
      place.append(piece);
    }
    return place;
  };

  /** The line of a hit's text, marked where it is another edition's.
   *  @param {Hit} hit  @param {string} edition */
  const line = (hit, edition) => {
    const words = part("context", hit.context, hit.context_marks);
    if (hit.text_edition && hit.text_edition !== edition) words.prepend(part("age", `Text of ${hit.text_edition}`), " ");
    return words;
  };

  /** @param {{hits: Hit[], corrected: string | null, notes: string[], edition: string}} page */
  const show = (page) => {
    const notes = page.corrected ? [...page.notes, `No match; showing results for “${page.corrected}”`] : page.notes;
    list.replaceChildren(
      ...notes.slice(0, MOST_NOTES).map(note),
      ...page.hits.slice(0, MOST).map((hit, i) => {
        const item = document.createElement("li");
        item.id = `hit-${i}`;
        item.role = "option";
        item.dataset.url = addressOf(hit, page.edition, given());
        item.append(part("kind", hit.kind), part("title", hit.title, hit.title_marks), part("detail", hit.detail));
        if (hit.context) item.append(line(hit, page.edition));
        return item;
      }),
    );
    if (list.children.length === 0) list.append(note("Nothing found"));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    choose(-1);
  };

  const ask = async () => {
    const query = field.value.trim();
    latest = query;
    if (!query) return close();
    const address = new URLSearchParams({ q: query });
    if (given()) address.set("edition", given());
    const answer = await fetch(`/search.json?${address}`).catch(() => null);
    if (answer?.ok && latest === query && document.activeElement === field) show(await answer.json());
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (list.hidden) field.value = "";
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      choose(nextOption(at, event.key === "ArrowDown" ? 1 : -1, options().length));
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      const url = options()[at].dataset.url;
      if (url) go(url);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = field.value.trim();
    const address = new URLSearchParams({ q: query });
    if (given()) address.set("edition", given());
    if (query) go(`/search?${address}`);
  });
  list.addEventListener("mousedown", (event) => {
    const url = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("li"))?.dataset.url;
    event.preventDefault(); // the field keeps the focus until the page is there
    if (url) go(url);
  });
  field.addEventListener("blur", () => setTimeout(close, 100));
  field.addEventListener("focus", () => field.select());
  document.addEventListener("keydown", (event) => {
    const inField = /** @type {HTMLElement} */ (event.target).closest("input, textarea, select");
    if (event.key !== "/" || inField || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
  });
}

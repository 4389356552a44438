// @ts-check
// Follows links within octome without a page load: the parts of the page come from the server's
// HTML, so that everything is rendered in one way.

import { graft, select } from "./tree.js";

/** Whether a click follows a link in this page, and does not open a new tab or a file.
 *  @param {MouseEvent} event  @param {HTMLAnchorElement} link  @param {string} origin  this page's */
export const isPlainClick = (event, link, origin) =>
  event.button === 0 &&
  !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) &&
  link.origin === origin &&
  !link.pathname.endsWith(".json") &&
  !link.hasAttribute("download");

/** Follow links in place, and restore each state on back and forward.
 *  @param {() => void} wirePage  called when parts of the page were replaced
 *  @returns {(url: string, options?: {keepFocus?: boolean}) => Promise<void>} */
export function wireNavigation(wirePage) {
  let latest = 0;

  /** @param {string} url  @param {{keepFocus?: boolean, scroll?: number}} [options] */
  async function show(url, options = {}) {
    const turn = ++latest;
    const status = document.getElementById("status");
    let answer;
    try {
      answer = await fetch(url);
    } catch {
      location.assign(url); // the server is gone: let the browser say so
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== latest) return; // another link was followed meanwhile
    const path = new URL(answer.url).pathname;
    if (answer.redirected) history.replaceState(history.state, "", answer.url);
    document.title = page.title;
    replaceTree(page, path);
    const treeShown = document.getElementById("show-tree");
    if (treeShown instanceof HTMLInputElement) treeShown.checked = false;
    for (const part of ["main", ".rooms", ".settings .menu", ".edition summary"]) {
      const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
      if (old && fresh) old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    }
    const mark = page.querySelector(".mark")?.getAttribute("href");
    if (mark) document.querySelector(".mark")?.setAttribute("href", mark);
    const [field, query] = [document.getElementById("q"), page.getElementById("q")];
    if (field instanceof HTMLInputElement && field !== document.activeElement) {
      field.value = query?.getAttribute("value") ?? "";
    }
    wirePage();
    const main = /** @type {HTMLElement} */ (document.getElementById("content"));
    if (!options.keepFocus) main.focus({ preventScroll: true });
    const anchor = new URL(url, location.href).hash.slice(1);
    const target = anchor ? document.getElementById(decodeURIComponent(anchor)) : null;
    if (target) target.scrollIntoView();
    else scrollTo(0, options.scroll ?? 0);
    if (status) status.textContent = page.title;
  }

  /** @param {Document} page  @param {string} path */
  function replaceTree(page, path) {
    const layout = /** @type {HTMLElement} */ (document.getElementById("layout"));
    layout.className = page.getElementById("layout")?.className ?? "";
    const [tree, fresh] = [document.querySelector(".tree"), page.querySelector(".tree")];
    /** @param {Element} one */
    const state = (one) => ["root", "edition", "order", "sort"].map((name) => /** @type {HTMLElement} */ (one).dataset[name]).join();
    if (tree && fresh && state(tree) === state(fresh)) {
      graft(tree, fresh);
      select(tree, path);
      return;
    }
    tree?.remove();
    if (fresh) layout.prepend(document.importNode(fresh, true));
  }

  /** @param {string} url  @param {{keepFocus?: boolean}} [options] */
  async function navigate(url, options) {
    history.replaceState({ scroll: scrollY }, "");
    history.pushState({ scroll: 0 }, "", url);
    await show(url, options);
  }

  history.scrollRestoration = "manual";
  addEventListener("popstate", (event) => {
    void show(location.href, { keepFocus: true, scroll: event.state?.scroll ?? 0 });
  });
  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("a[href]"));
    if (event.defaultPrevented || !link || !isPlainClick(event, link, location.origin)) return;
    const isSamePage = link.pathname === location.pathname && link.search === location.search;
    if (isSamePage && link.hash) return; // an anchor: the browser's own business
    event.preventDefault();
    link.closest("details.edition")?.removeAttribute("open");
    void navigate(link.href, { keepFocus: link.closest(".tree") !== null });
  });
  return navigate;
}

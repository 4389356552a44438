// @ts-check
// The inspector: drop a file anywhere on its page, read the Standard next to an attribute, choose a
// frame. Without this script the form and the links work on their own.

/** Why a file is not sent; empty if it is.
 *  @param {number} size  @param {number} largest  both in bytes */
export const whyNotSent = (size, largest) =>
  size > largest ? `The file is larger than ${largest / 2 ** 20} MB: check it with octome check.` : "";

/** The file that the page shows, to request another frame of it. @type {File | null} */
let file = null;

const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector("form.inspect"));

/** @param {string} words */
const refuse = (words) => {
  const place = document.querySelector(".refused");
  if (place) place.textContent = words;
};

/** Send a file with the form's own address. @param {string} path  @param {File} sent
 *  @param {Record<string, string>} [fields] */
const send = (path, sent, fields = {}) => {
  const data = new FormData();
  data.set("file", sent);
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return fetch(path, { method: "POST", body: data });
};

/** Show the page that the server renders for a file. @param {File} chosen */
async function inspect(chosen) {
  const sender = form();
  if (!sender) return;
  const why = whyNotSent(chosen.size, Number(sender.dataset.largest));
  refuse(why);
  if (why) return;
  sender.classList.add("busy");
  const status = document.getElementById("status");
  if (status) status.textContent = `Reading ${chosen.name}`;
  try {
    const answer = await send(sender.action, chosen);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, fresh] = [document.querySelector("main"), page.querySelector("main")];
    if (!old || !fresh) throw new Error("no page came back");
    file = chosen;
    document.title = page.title;
    old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    document.querySelector("label.frames")?.removeAttribute("hidden");
    scrollTo(0, 0);
    if (status) status.textContent = document.querySelector(".counts")?.textContent ?? page.title;
  } catch {
    form()?.classList.remove("busy");
    refuse("The server did not answer.");
  }
}

/** Read the Standard next to an attribute. @param {HTMLAnchorElement} link */
async function explain(link) {
  const place = /** @type {HTMLElement | null} */ (document.querySelector(".explanation"));
  if (!place) return;
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  const article = page.querySelector("article");
  if (!article) return;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = "Close";
  close.addEventListener("click", () => {
    place.hidden = true;
    link.focus();
  });
  const whole = document.createElement("p");
  const there = document.createElement("a");
  there.href = link.href;
  there.target = "_blank";
  there.textContent = "Open this page of the Standard";
  whole.append(there);
  const read = document.importNode(article, true);
  for (const inner of /** @type {NodeListOf<HTMLAnchorElement>} */ (read.querySelectorAll("a[href]"))) {
    inner.href = new URL(inner.getAttribute("href") ?? "", link.href).href; // anchors are of that page
    inner.target = "_blank";
  }
  for (const named of read.querySelectorAll("[id]")) named.removeAttribute("id");
  for (const title of read.querySelectorAll("h1")) {
    const heading = document.createElement("h2");
    heading.append(...title.childNodes);
    title.replaceWith(heading);
  }
  place.replaceChildren(close, ...read.childNodes, whole);
  place.hidden = false;
  place.scrollTop = 0;
  place.focus({ preventScroll: true });
}

/** Show another frame. @param {HTMLInputElement} chooser */
async function choose(chooser) {
  const figure = chooser.closest("figure");
  const [image, output] = [figure?.querySelector("img"), figure?.querySelector("output")];
  if (!file || !image) return;
  const found = await (await send("/inspect/frame.json", file, { frame: chooser.value })).json();
  if (found.address) {
    image.src = found.address;
    image.alt = `Frame ${found.frame + 1} of ${found.frames}`;
    if (output) output.textContent = String(found.frame + 1);
  } else {
    refuse(found.why ?? found.message ?? "No picture came back.");
  }
}

/** Wire everything, once: parts of the page are replaced. */
export function wireInspector() {
  document.addEventListener("submit", (event) => {
    const chosen = form() === event.target ? form()?.querySelector("input")?.files?.[0] : null;
    if (!chosen) return;
    event.preventDefault();
    void inspect(chosen);
  });
  document.addEventListener("change", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.id === "file" && field.files?.[0]) void inspect(field.files[0]);
    if (field.classList.contains("frame")) void choose(field);
  });
  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("a.explain"));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void explain(link);
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const sender = form();
      if (!sender) return;
      event.preventDefault();
      sender.classList.toggle("over", kind === "dragover");
      const dropped = kind === "drop" ? /** @type {DragEvent} */ (event).dataTransfer?.files[0] : null;
      if (dropped) void inspect(dropped);
    });
  }
  document.addEventListener("keydown", (event) => {
    const place = /** @type {HTMLElement | null} */ (document.querySelector(".explanation"));
    if (event.key === "Escape" && place) place.hidden = true;
  });
}

// @ts-check

/** The theme after another: the system's (undefined), light, dark, and the system's again.
 *  @param {string | undefined} theme  @returns {string | undefined} */
export const nextTheme = (theme) => (theme === undefined ? "light" : theme === "light" ? "dark" : undefined);

/** The button that goes from the system's theme to light, to dark, and back. */
export function wireTheme() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("button.theme"));
  if (!button) return;
  const root = document.documentElement;
  const show = () => {
    const theme = root.dataset.theme ?? "as the system";
    button.textContent = { light: "☀", dark: "☾" }[theme] ?? "◐";
    button.setAttribute("aria-label", `Theme: ${theme}`);
    button.title = `Theme: ${theme}`;
  };
  button.addEventListener("click", () => {
    const theme = nextTheme(root.dataset.theme);
    if (theme) {
      root.dataset.theme = theme;
      localStorage.setItem("theme", theme);
    } else {
      delete root.dataset.theme;
      localStorage.removeItem("theme");
    }
    show();
  });
  button.hidden = false;
  show();
}

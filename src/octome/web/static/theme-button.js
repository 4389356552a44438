// @ts-check

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
    const next = { light: "dark", dark: undefined }[root.dataset.theme ?? ""];
    const theme = root.dataset.theme ? next : "light";
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

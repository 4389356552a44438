// @ts-check
// Sets the chosen theme before the page is painted; main.js wires the button.
{
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}

// @ts-check
// Wires the page: search as you type, the tree, navigation without page loads, the theme.
// Without this script every link and form works on its own.

import { wireCopying, wireMenus } from "./copy.js";
import { wireFilters } from "./filter.js";
import { wireInspector } from "./inspect.js";
import { wireNavigation } from "./navigation.js";
import { wireSearch } from "./search.js";
import { wireSorting } from "./sort.js";
import { wireTemplates } from "./template.js";
import { wireTheme } from "./theme-button.js";
import { wireTree } from "./tree.js";

wireInspector(); // before navigation, which follows the links that are left
const wirePage = () => {
  wireTree(navigate);
  wireFilters();
  wireSorting();
  wireCopying();
};
const navigate = wireNavigation(wirePage);
wirePage();
wireSearch(navigate);
wireTemplates();
wireTheme();
wireMenus();

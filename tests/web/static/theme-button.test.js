// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextTheme } from "../../../src/octome/web/static/theme-button.js";

test("the themes go round: the system's, light, dark, the system's", () => {
  assert.deepEqual([undefined, "light", "dark"].map(nextTheme), ["light", "dark", undefined]);
});

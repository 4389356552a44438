// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, nextOption, pieces } from "../../../src/octome/web/static/search.js";

/** @param {string[]} editions */
const hit = (editions) => ({ kind: "ciod", title: "CR Image", detail: "", path: "/ciods/cr-image", editions });

test("the arrows go round through the options and the field, which is -1", () => {
  const down = [-1, 0, 1, 2].map((at) => nextOption(at, 1, 3));
  const up = [-1, 0, 1, 2].map((at) => nextOption(at, -1, 3));
  assert.deepEqual(down, [0, 1, 2, -1]);
  assert.deepEqual(up, [2, -1, 0, 1]);
});

test("with no option the field stays chosen", () => assert.equal(nextOption(-1, 1, 0), -1));

test("a hit of every edition keeps the edition being read", () => {
  assert.equal(addressOf(hit([]), "2026b", ""), "/ciods/cr-image");
  assert.equal(addressOf(hit([]), "2020b", "2020b"), "/ciods/cr-image?edition=2020b");
});

test("a hit of other editions leads to the last of them", () => {
  assert.equal(addressOf(hit(["2022a", "2020b"]), "2026b", ""), "/ciods/cr-image?edition=2020b");
  assert.equal(addressOf(hit(["2026b"]), "2026b", ""), "/ciods/cr-image");
});

test("marks part a text in marked pieces and others", () => {
  assert.deepEqual(pieces("a frog", [[2, 6]]), [["a ", false], ["frog", true]]);
  assert.deepEqual(pieces("🐸 a frog", [[0, 1]]), [["🐸", true], [" a frog", false]]);
  assert.deepEqual(pieces("tea", []), [["tea", false]]);
});

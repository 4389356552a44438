// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { stepFor } from "../../../src/octome/web/static/tree.js";

test("up and down stop at the ends", () => {
  assert.equal(stepFor("ArrowDown", 3, 5, false, false), 4);
  assert.equal(stepFor("ArrowDown", 4, 5, false, false), 4);
  assert.equal(stepFor("ArrowUp", 0, 5, false, false), 0);
  assert.equal(stepFor("Home", 3, 5, false, false), 0);
  assert.equal(stepFor("End", 3, 5, false, false), 4);
});

test("right opens a branch, then enters it", () => {
  assert.equal(stepFor("ArrowRight", 1, 5, false, true), "open");
  assert.equal(stepFor("ArrowRight", 1, 5, true, true), 2);
  assert.equal(stepFor("ArrowRight", 1, 5, false, false), null);
});

test("left closes a branch, then leads to its parent", () => {
  assert.equal(stepFor("ArrowLeft", 1, 5, true, true), "close");
  assert.equal(stepFor("ArrowLeft", 1, 5, false, true), "parent");
});

test("other keys are the browser's", () => assert.equal(stepFor("a", 1, 5, false, true), null));

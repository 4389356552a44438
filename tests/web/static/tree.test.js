// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { stepFor, typedLine } from "../../../src/octome/web/static/tree.js";

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

const lines = [
  { name: "RT Dose", short: ["rtdose"] },
  { name: "RT Structure Set", short: ["rtstruct", "rtss"] },
  { name: "CT Image", short: ["ct", "cat"] },
  { name: "Color Palette", short: [] },
];

test("a letter leads to the next line that begins with it, and round", () => {
  assert.equal(typedLine(lines, 1, "c"), 2);
  assert.equal(typedLine(lines, 2, "c"), 3);
  assert.equal(typedLine(lines, 3, "c"), 2);
});

test("more letters stay on a line that still fits", () => assert.equal(typedLine(lines, 1, "rt s"), 1));

test("a short name leads to its line, whole or begun", () => {
  assert.equal(typedLine(lines, 3, "rtss"), 1);
  assert.equal(typedLine(lines, 3, "rtstr"), 1);
  assert.equal(typedLine(lines, 0, "cat"), 2);
});

test("letters that begin no name lead nowhere", () => assert.equal(typedLine(lines, 0, "zz"), -1));

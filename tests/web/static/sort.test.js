// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../../../src/octome/web/static/sort.js";

/** @param {string[]} words  @param {boolean} isDescending */
const sorted = (words, isDescending) => [...words].sort((a, b) => compare(a, b, isDescending));

test("numbers in words are sorted as people count", () => assert.deepEqual(sorted(["C.10", "C.9"], false), ["C.9", "C.10"]));

test("blank cells come last in both orders", () => {
  assert.deepEqual(sorted(["", "X", "K"], false), ["K", "X", ""]);
  assert.deepEqual(sorted(["", "K", "X"], true), ["X", "K", ""]);
});

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { chainOf } from "../../../src/octome/web/static/template.js";

/** An element as far as the chain needs one. @param {string} path  @param {any} [parent] */
const element = (path, parent = null) => {
  /** @type {any} */
  const one = { dataset: { path }, parentElement: parent };
  one.closest = () => (path ? one : (parent?.closest() ?? null));
  return one;
};

test("a place is in the templates around it, the innermost first", () => {
  const page = element("/templates/9");
  const opened = element("/templates/10B", element("", page));
  assert.deepEqual(chainOf(opened), ["/templates/10B", "/templates/9"]);
  assert.deepEqual(chainOf(element("")), []);
});

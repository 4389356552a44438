// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { copied } from "../../../src/octome/web/static/copy.js";

test("what was copied is said by name, and so is what could not be", () => {
  assert.equal(copied("Tag", true), "Tag copied");
  assert.match(copied("Tag", false), /^Tag could not be copied/);
});

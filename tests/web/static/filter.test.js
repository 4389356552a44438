// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { matches } from "../../../src/octome/web/static/filter.js";

test("every word of a filter begins a word of the name", () => {
  assert.ok(matches("Ophthalmic OCT En Face Image", "en fa"));
  assert.ok(matches("Ophthalmic OCT En Face Image", "image OPH"));
  assert.ok(matches("12-Lead ECG", "lead"));
  assert.ok(!matches("Ophthalmic OCT En Face Image", "en ace"));
});

test("letters of every script are letters", () => {
  assert.ok(matches("Größe Übersicht", "üb"));
  assert.ok(!matches("Größe Übersicht", "e"));
});

test("an empty filter matches every name", () => assert.ok(matches("CT Image", "")));

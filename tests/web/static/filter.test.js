// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, matches } from "../../../src/octome/web/static/filter.js";

test("every word of a filter begins a word of the line", () => {
  assert.ok(matches("Ophthalmic OCT En Face Image", "en fa"));
  assert.ok(matches("Ophthalmic OCT En Face Image", "image OPH"));
  assert.ok(matches("12-Lead ECG", "lead"));
  assert.ok(!matches("Ophthalmic OCT En Face Image", "en ace"));
});

test("a word within a keyword begins with its capital", () => {
  assert.ok(matches("PixelSpacing", "spacing"));
  assert.ok(!matches("PixelSpacing", "pacing"));
});

test("a tag is found with its comma and without, a UID from its start", () => {
  for (const tag of ["0028,0030", "(0028,0030)", "00280030", "0x00280030", "0028"]) {
    assert.ok(matches("(0028,0030) Pixel Spacing", tag), tag);
  }
  assert.ok(matches("(60xx,3000) Overlay Data", "60xx3000"));
  assert.ok(matches("CT Image Storage 1.2.840.10008.5", "1.2.840"));
});

test("letters of every script are letters", () => {
  assert.ok(matches("Größe Übersicht", "üb"));
  assert.ok(!matches("Größe Übersicht", "e"));
});

test("an empty filter matches every line", () => assert.ok(matches("CT Image", "")));

test("how many of how many are counted in thousands", () => assert.equal(counted(12, 1434), "12 of 1,434"));

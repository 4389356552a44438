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

test("a tag is found in every spelling, and by the group that it repeats", () => {
  for (const tag of ["28,30", "(28,30)", "0028 0030", "(0028, 0030)", "0x0028,0x0030", "0x0028 0x0030"]) {
    assert.ok(matches("(0028,0030) Pixel Spacing", tag), tag);
    assert.ok(!matches("(0028,0034) Pixel Aspect Ratio", tag), tag);
  }
  for (const tag of ["6000,3000", "60023000", "0x60003000", "xx60,3000", "60xx,3000"]) {
    assert.ok(matches("(60xx,3000) Overlay Data", tag), tag);
  }
  assert.ok(matches("(0020,31xx) Source Image IDs", "0020,3100"));
});

test("a number of eight digits is no tag of a line without one", () => {
  assert.ok(!matches("CID 28 Pixels", "00280030"));
});

test("letters of every script are letters", () => {
  assert.ok(matches("Größe Übersicht", "üb"));
  assert.ok(!matches("Größe Übersicht", "e"));
});

test("an empty filter matches every line", () => assert.ok(matches("CT Image", "")));

test("how many of how many are counted in thousands", () => assert.equal(counted(12, 1434), "12 of 1,434"));

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlainClick } from "../../../src/octome/web/static/navigation.js";

const HERE = "http://127.0.0.1:8571";
/** @param {object} event  @param {object} link */
const isPlain = (event, link) =>
  // @ts-expect-error: what a click and a link have, and no more
  isPlainClick({ button: 0, ...event }, { origin: HERE, pathname: "/ciods", hasAttribute: () => false, ...link }, HERE);

test("a click on a link of octome is followed in place", () => assert.ok(isPlain({}, {})));

test("keys and other buttons open a new tab", () => {
  for (const key of ["ctrlKey", "metaKey", "shiftKey", "altKey"]) assert.ok(!isPlain({ [key]: true }, {}), key);
  assert.ok(!isPlain({ button: 1 }, {}));
});

test("other sites, data and downloads are the browser's", () => {
  assert.ok(!isPlain({}, { origin: "https://dicom.nema.org" }));
  assert.ok(!isPlain({}, { pathname: "/ciods.json" }));
  assert.ok(!isPlain({}, { hasAttribute: () => true }));
});

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { whyNotSent } from "../../../src/octome/web/static/inspect.js";

test("only a file that is too large is not sent, and the reason has its bound in MB", () => {
  assert.equal(whyNotSent(512 * 2 ** 20, 512 * 2 ** 20), "");
  assert.match(whyNotSent(512 * 2 ** 20 + 1, 512 * 2 ** 20), /larger than 512 MB/);
});

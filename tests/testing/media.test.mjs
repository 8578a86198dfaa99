// The checks of media: one source each, the documented sizes, a file that matches its type.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wrongMedium } from "../../pkg-template/testing/media.js";

const MEBIBYTE = 1024 * 1024;
const message = (type, payload = {}) => ({ attachment: { type, payload } });
const file = (size, type) => ({ filedata: { filename: "a", type, size, sha256: "" } });

test("one source, neither none nor two", () => {
  assert.equal(wrongMedium(message("image", { url: "https://example.org/a.png" }), {}), null);
  assert.equal(wrongMedium(message("image", { attachment_id: "1" }), {}), null);
  assert.equal(wrongMedium(message("image"), file(5, "image/png")), null);
  assert.match(wrongMedium(message("image"), {}).message, /exactly one/);
  assert.match(
    wrongMedium(message("image", { url: "https://example.org/a.png" }), file(5, "image/png"))
      .message,
    /exactly one/,
  );
  assert.match(wrongMedium({ text: "x" }, file(5, "image/png")).message, /filedata needs/);
  assert.equal(wrongMedium({ text: "x" }, {}), null);
});

test("8 MB for images, 25 MB for others", () => {
  for (const [type, most] of [
    ["image", 8 * MEBIBYTE],
    ["audio", 25 * MEBIBYTE],
    ["video", 25 * MEBIBYTE],
    ["file", 25 * MEBIBYTE],
  ]) {
    assert.equal(wrongMedium(message(type), file(most, "")), null);
    assert.equal(wrongMedium(message(type), file(most + 1, "")).subcode, 2018109);
  }
});

test("a file of another type is refused, one of no known type is not", () => {
  assert.equal(wrongMedium(message("image"), file(5, "audio/mpeg")).subcode, 2018047);
  for (const [type, mime] of [
    ["audio", "audio/mpeg"],
    ["image", "application/octet-stream"],
    ["file", "image/png"],
  ]) {
    assert.equal(wrongMedium(message(type), file(5, mime)), null);
  }
});

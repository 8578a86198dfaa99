// Numbers and tables as docs/benchmarks.md has them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, digits, table, times } from "../../bench/lib/markdown.mjs";

test("times have three digits, small ones two", () => {
  assert.deepEqual([0.0234, 0.5, 1.2345, 12.345, 123.45, 1234.5].map(digits), [
    "0.023",
    "0.50",
    "1.23",
    "12.3",
    "123",
    "1,235",
  ]);
});

test("ratios have two places, and bytes are parted in thousands", () => {
  assert.deepEqual([times(0.333), times(1), bytes(122_939)], ["0.33", "1.00", "122,939"]);
});

test("what could not be measured is no number", () => {
  assert.deepEqual([digits(NaN), times(NaN), times(Infinity)], ["-", "-", "-"]);
});

test("a table, whose numbers stand to the right", () => {
  assert.equal(
    table(
      ["what", "us"],
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ),
    "| what | us |\n| --- | ---: |\n| a | 1 |\n| b | 2 |",
  );
});

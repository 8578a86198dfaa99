// How counts are read and judged: nothing that crashed, ran nothing or was skipped may look like a success.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cargoCounts, closing, judge, sum, tapCounts } from "../../scripts/lib/count.mjs";

describe("cargoCounts", () => {
  it("adds up every binary and the doc tests", () => {
    const output = `running 2 tests
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 7 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s
   Doc-tests messenger_send
test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.20s
`;
    assert.deepEqual(cargoCounts(output), { passed: 10, failed: 3, skipped: 1 });
  });

  it("reads wasm-bindgen's line, and a coloured one", () => {
    assert.deepEqual(
      cargoCounts(
        "test result: ok. 4 passed; 0 failed; 2 ignored; 0 filtered out; finished in 0.02s\n",
      ),
      { passed: 4, failed: 0, skipped: 2 },
    );
    const coloured = "test result: \x1b[32mok\x1b[0m. 5 passed; 0 failed; 0 ignored; 0 measured\n";
    assert.deepEqual(cargoCounts(coloured), { passed: 5, failed: 0, skipped: 0 });
  });

  it("finds nothing in the output of a compiler error", () => {
    assert.deepEqual(cargoCounts("error: could not compile `messenger-send`\n"), {
      passed: 0,
      failed: 0,
      skipped: 0,
    });
  });
});

describe("tapCounts", () => {
  const report = (lines) => `TAP version 13\n${lines.join("\n")}\n`;
  const totals = (pass, fail = 0, cancelled = 0, skipped = 0, todo = 0) => [
    `# pass ${pass}`,
    `# fail ${fail}`,
    `# cancelled ${cancelled}`,
    `# skipped ${skipped}`,
    `# todo ${todo}`,
  ];

  it("adds failed and cancelled, skipped and to do", () => {
    assert.deepEqual(tapCounts(report(totals(5, 1, 2, 3, 4))), {
      passed: 5,
      failed: 3,
      skipped: 7,
      empty: [],
    });
  });

  it("believes the last lines, not what a test prints", () => {
    assert.equal(tapCounts(report(["# pass 99", ...totals(1)])).passed, 1);
  });

  it("does not count a file without a test, which Node reports as one that passed", () => {
    const lines = [
      "ok 1 - /project/a.test.mjs",
      "ok 2 - b.test.mjs",
      "ok 3 - serves pkg/c.js",
      ...totals(3),
    ];
    const counts = tapCounts(
      report(lines),
      ["/project/a.test.mjs", "/project/b.test.mjs"],
      "/project",
    );
    assert.deepEqual(counts, {
      passed: 1,
      failed: 0,
      skipped: 0,
      empty: ["/project/a.test.mjs", "b.test.mjs"],
    });
  });

  it("has nothing to say of an empty report", () => {
    assert.deepEqual(tapCounts(""), { passed: 0, failed: 0, skipped: 0, empty: [] });
  });
});

describe("judge", () => {
  const counts = (passed, failed = 0, skipped = 0) => ({ passed, failed, skipped });

  it("passes a run that passed", () => {
    assert.deepEqual(judge({ code: 0 }, counts(3)), { passed: 3, failed: 0, notes: [] });
  });

  it("keeps the failures of a run that failed", () => {
    assert.deepEqual(judge({ code: 1 }, counts(3, 2)), { passed: 3, failed: 2, notes: [] });
  });

  for (const [what, run, given, failed, note] of [
    ["no test at all", { code: 0 }, counts(0), 1, /ran no test/],
    ["a crash after tests that passed", { code: 101 }, counts(3), 1, /exit code 101/],
    ["a crash before any test", { code: 127 }, counts(0), 1, /exit code 127/],
    ["a run that hung", { code: 1, timedOut: true }, counts(3), 1, /too long/],
    ["skipped tests", { code: 0 }, counts(3, 0, 2), 2, /2 skipped/],
    [
      "a file without a test",
      { code: 0 },
      { ...counts(3), empty: ["a.test.mjs"] },
      1,
      /a\.test\.mjs/,
    ],
  ]) {
    it(`counts ${what} as failed, and says so`, () => {
      const result = judge(run, given);
      assert.equal(result.passed, given.passed);
      assert.equal(result.failed, failed);
      assert.match(result.notes.join("\n"), note);
    });
  }
});

describe("closing", () => {
  it("is the sum, with exit code 0 only when all passed", () => {
    assert.deepEqual(
      closing([
        { passed: 2, failed: 0 },
        { passed: 3, failed: 0 },
      ]),
      { line: "5 passed, 0 failed", exitCode: 0 },
    );
    assert.deepEqual(
      closing([
        { passed: 2, failed: 0 },
        { passed: 3, failed: 1 },
      ]),
      { line: "5 passed, 1 failed", exitCode: 1 },
    );
  });

  it("is a failure when nothing ran", () => {
    assert.deepEqual(closing([]), { line: "0 passed, 0 failed", exitCode: 1 });
  });
});

it("sum takes a missing count as none", () => {
  assert.deepEqual(
    sum([
      { passed: 1, failed: 2 },
      { passed: 3, failed: 4, skipped: 5 },
    ]),
    { passed: 4, failed: 6, skipped: 5 },
  );
});

// Programs that succeed, fail, hang, or do not exist; and scripts that stop with one sentence.
import assert from "node:assert/strict";
import { it } from "node:test";
import { main, must, run, Stop } from "../../scripts/lib/run.mjs";

const node = (code, options) => run(process.execPath, ["-e", code], { quiet: true, ...options });

it("keeps both streams, and the exit code", async () => {
  const ended = await node('console.log("out"); console.error("err"); process.exitCode = 3;');
  assert.equal(ended.code, 3);
  assert.equal(ended.stdout, "out\n");
  assert.deepEqual(ended.output.trim().split("\n").sort(), ["err", "out"]);
  assert.equal(ended.timedOut, false);
});

it("adds to the environment, and takes away", async () => {
  process.env.SCRIPTS_TEST_GONE = "1";
  try {
    const { stdout } = await node(
      "console.log(process.env.SCRIPTS_TEST_NEW, process.env.SCRIPTS_TEST_GONE)",
      {
        env: { SCRIPTS_TEST_NEW: "new", SCRIPTS_TEST_GONE: undefined },
      },
    );
    assert.equal(stdout, "new undefined\n");
  } finally {
    delete process.env.SCRIPTS_TEST_GONE;
  }
});

it("ends a program that hangs, and what it started", { timeout: 30_000 }, async () => {
  const grandchild =
    'require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" })';
  const ended = await node(`${grandchild}; setInterval(() => {}, 1000);`, { timeoutMs: 1000 });
  // It would not have come back at all if the grandchild still held the streams.
  assert.equal(ended.timedOut, true);
  assert.notEqual(ended.code, 0);
});

it("answers 127 for a program that is not there", async () => {
  const { code, output } = await run("no-such-program-here", [], { quiet: true });
  assert.equal(code, 127);
  assert.match(output, /no-such-program-here/);
});

it("must stops with its advice when the program fails", async () => {
  await assert.rejects(
    must("Do this and that.", process.execPath, ["-e", "process.exit(1)"]),
    (error) => {
      return error instanceof Stop && error.message === "Do this and that.";
    },
  );
  assert.equal(
    (await must("", process.execPath, ["-e", "console.log(1)"], { quiet: true })).stdout,
    "1\n",
  );
});

for (const [what, error, expected] of [
  ["a Stop is one sentence", new Stop("Install Rust."), "\nStopped: Install Rust."],
  ["a bug keeps its stack", new TypeError("a bug"), "object"],
]) {
  it(`main sets exit code 1: ${what}`, async (context) => {
    const before = process.exitCode;
    const printed = context.mock.method(console, "error", () => {});
    await main(() => Promise.reject(error));
    const code = process.exitCode;
    process.exitCode = before;
    assert.equal(code, 1);
    const [first] = printed.mock.calls[0].arguments;
    assert.equal(expected === "object" ? first === error : first === expected, true);
  });
}

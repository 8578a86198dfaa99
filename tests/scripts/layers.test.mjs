// How layers are chosen and run: a failure never stops the next layer, and never gets lost.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { choose, runLayers } from "../../scripts/lib/layers.mjs";
import { Stop } from "../../scripts/lib/run.mjs";

const layer = (name, result = { passed: 1, failed: 0 }, needs) => ({
  name,
  needs,
  run: async () => result,
});

async function outcome(layers) {
  const lines = [];
  const exitCode = await runLayers(layers, (text) => lines.push(...text.split("\n")));
  return { exitCode, lines, last: lines.at(-1), text: lines.join("\n") };
}

describe("runLayers", () => {
  it("ends with the sum and exit code 0 when all passed", async () => {
    const { exitCode, last } = await outcome([
      layer("a", { passed: 2, failed: 0 }),
      layer("b", { passed: 40, failed: 0 }),
    ]);
    assert.equal(last, "42 passed, 0 failed");
    assert.equal(exitCode, 0);
  });

  it("goes on after a failing layer and makes the exit code 1", async () => {
    const { exitCode, last } = await outcome([layer("a", { passed: 2, failed: 1 }), layer("b")]);
    assert.equal(last, "3 passed, 1 failed");
    assert.equal(exitCode, 1);
  });

  it("counts a layer that throws as one failure, and prints why", async () => {
    const crash = { name: "crash", run: () => Promise.reject(new Stop("The folder is missing.")) };
    const { exitCode, last, text } = await outcome([crash, layer("b")]);
    assert.equal(last, "1 passed, 1 failed");
    assert.equal(exitCode, 1);
    assert.match(text, /The folder is missing\./);
  });

  it("does not run a layer whose need failed, and counts it as failed", async () => {
    let ran = false;
    const dependent = {
      name: "package",
      needs: "build",
      async run() {
        ran = true;
        return { passed: 9, failed: 0 };
      },
    };
    const { exitCode, last, text } = await outcome([
      layer("build", { passed: 0, failed: 1 }),
      dependent,
    ]);
    assert.equal(ran, false);
    assert.equal(last, "0 passed, 2 failed");
    assert.equal(exitCode, 1);
    assert.match(text, /not run, since build failed/);
  });

  it("prints each layer's counts, time and notes", async () => {
    const { text } = await outcome([layer("a", { passed: 2, failed: 0, notes: ["a note"] })]);
    assert.match(text, /^a: 2 ok, 0 not ok, \d+\.\d s$/m);
    assert.match(text, /^ {2}a note$/m);
  });
});

describe("choose", () => {
  const layers = [
    layer("lint"),
    layer("build"),
    layer("package", undefined, "build"),
    layer("types", undefined, "build"),
  ];
  const names = (only) => choose(layers, only).map(({ name }) => name);

  it("takes all when nothing is asked for", () => {
    assert.deepEqual(names(undefined), ["lint", "build", "package", "types"]);
  });

  it("takes a slow layer only when it is asked for", () => {
    const withSlow = [...layers, { ...layer("crate"), optIn: true }];
    assert.deepEqual(choose(withSlow, undefined), layers);
    assert.deepEqual(
      choose(withSlow, "crate").map(({ name }) => name),
      ["crate"],
    );
  });

  it("takes what is asked for, in the layers' own order", () => {
    assert.deepEqual(names("build, lint"), ["lint", "build"]);
  });

  it("adds what a layer needs", () => {
    assert.deepEqual(names("types"), ["build", "types"]);
  });

  it("refuses a layer that does not exist, and names those that do", () => {
    assert.throws(
      () => names("lint,typos"),
      (error) =>
        error instanceof Stop && /"typos".*lint, build, package, types/.test(error.message),
    );
  });
});

// If the core itself fails (a trap, say), the package does not pretend: nothing counts as valid or as not sent, and no text of the
// failure is told. A core that fails cannot be had from the real one, so here what it exports is replaced by what always fails.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { intercepted } from "../../bench/lib/instance.mjs";
import { project } from "./lib/project.mjs";

const CORE = ["validateBytes", "validateUnreadable", "buildMessage", "prepareSend"];
const trap = () => {
  throw new WebAssembly.RuntimeError("unreachable EAABtesttoken");
};

let api;
before(async () => {
  const entry = pathToFileURL(join(await project(), "node_modules", "messenger-send", "node.js")).href;
  const exports = (own) => {
    assert.ok(CORE.every((name) => name in own));
    return { ...own, ...Object.fromEntries(CORE.map((name) => [name, trap])) };
  };
  ({ api } = await intercepted(() => import(entry), { exports }));
});

function assertBroken({ issues }) {
  assert.equal(issues.length, 1);
  assert.deepEqual([issues[0].severity, issues[0].pointer, issues[0].code], ["error", "", "json.unserializable"]);
  assert.match(issues[0].message, /messenger-send itself failed \(RuntimeError\)/);
  assert.doesNotMatch(JSON.stringify(issues), /EAAB/);
}

test("a check says so, and does not throw", () => {
  for (const report of [api.validate({}), api.validateJson("{}"), api.validateJson(new Uint8Array(2)), api.validate(undefined), api.validateJson(1)]) {
    assert.equal(report.valid, false);
    assertBroken(report);
  }
});

test("a draft is not built", () => {
  assert.throws(() => api.buildMessage({ to: "1", text: "x" }), (error) => {
    assert.equal(error.name, "ValidationError");
    assertBroken(error);
    return true;
  });
});

test("of a send nothing is known", async () => {
  const error = await api.send({}, { accessToken: "EAABtesttoken" }).catch((caught) => caught);
  assert.ok(api.isSendError(error));
  assert.deepEqual([error.delivery, error.retryable], ["unknown", false]);
  assert.doesNotMatch(`${error.message}${error.stack}${error.cause}`, /EAAB/);
});

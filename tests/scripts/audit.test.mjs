// What an audit that found something, found nothing, or could not ask amounts to.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cargoDeny, exitCodeOf, npmAudit, npmSignatures } from "../../scripts/lib/audit.mjs";

const json = (value) => JSON.stringify(value);
const ran = (code, output = "") => ({ code, output });

for (const [name, verdict, status] of [
  ["npm audit: nothing", npmAudit(json({ vulnerabilities: {} })), "ok"],
  [
    "npm audit: a vulnerability",
    npmAudit(json({ vulnerabilities: { a: { name: "a", severity: "high" } } })),
    "not ok",
  ],
  ["npm audit: no registry", npmAudit(json({ message: "405", error: {} })), "not checked"],
  ["npm audit: no answer", npmAudit(""), "not checked"],
  ["signatures: all", npmSignatures(json({ invalid: [], missing: [] })), "ok"],
  [
    "signatures: a wrong one",
    npmSignatures(json({ invalid: [{ name: "a", version: "1.0.0" }], missing: [] })),
    "not ok",
  ],
  [
    "signatures: none",
    npmSignatures(json({ invalid: [], missing: [{ name: "a", version: "1.0.0" }] })),
    "not ok",
  ],
  [
    "signatures: no keys",
    npmSignatures(json({ error: { code: "ENOTFOUND", summary: "request failed" } })),
    "not checked",
  ],
  ["cargo deny: not here", cargoDeny(undefined), "not checked"],
  ["cargo deny: nothing", cargoDeny({ here: ran(0), advisories: ran(0) }), "ok"],
  [
    "cargo deny: a licence",
    cargoDeny({ here: ran(4, "error[rejected]: failed"), advisories: ran(0) }),
    "not ok",
  ],
  [
    "cargo deny: an advisory",
    cargoDeny({ here: ran(0), advisories: ran(1, "error[vulnerability]: a") }),
    "not ok",
  ],
  [
    "cargo deny: no database",
    cargoDeny({ here: ran(0), advisories: ran(1, "[ERROR] failed to fetch advisory database") }),
    "not checked",
  ],
]) {
  it(`${name}: ${status}`, () => {
    assert.equal(verdict.status, status, verdict.notes.join());
    assert.equal(verdict.notes.length > 0, status !== "ok");
  });
}

describe("the exit code", () => {
  const [ok, bad, unknown] = ["ok", "not ok", "not checked"].map((status) => ({ status }));
  it("is 1 for what was found", () => {
    assert.equal(exitCodeOf([ok, bad]), 1);
    assert.equal(exitCodeOf([ok, ok]), 0);
  });
  it("is 1 for what could not be checked only where that is asked for", () => {
    assert.equal(exitCodeOf([ok, unknown]), 0);
    assert.equal(exitCodeOf([ok, unknown], true), 1);
  });
});

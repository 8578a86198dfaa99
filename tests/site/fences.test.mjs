// What stands in the pages themselves is checked too: the site's own pages hold no program, and what is made from other files holds only
// programs that compile, or that a test of their own runs.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { generatePages } from "../../scripts/lib/docs.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { runIn } from "../package/lib/project.mjs";
import { compile, names, sampleProject } from "./lib/samples.mjs";

const PAGES = at("site", "pages");
const PROGRAM = /^(?:tsx?|typescript|jsx?|javascript|mjs|cjs|rs|rust)$/;
/** What an example of the API may use without a line that declares it. */
const SURROUNDINGS = `
declare const accessToken: string, to: string, text: string, answer: string, body: string;
declare const request: import("messenger-send").SendRequest;
declare const event: { timestamp: number };
`;

let folder;
let pages;
before(async () => {
  folder = await sampleProject();
  await generatePages();
  pages = readdirSync(PAGES, { recursive: true })
    .filter((name) => name.endsWith(".md"))
    .map((name) => ({ name, text: readFileSync(join(PAGES, name), "utf8") }));
});

/** The programs between fences: [language, code, the last heading before it]. */
function programs({ text }) {
  const found = [];
  let heading = "";
  for (const part of text.matchAll(/^#+ (.*)$|^ *```(\w*).*\n([\s\S]*?)^ *```$/gm)) {
    if (part[1] !== undefined) {
      heading = part[1];
    } else if (PROGRAM.test(part[2])) {
      found.push({ language: part[2], code: part[3], heading });
    }
  }
  return found;
}

const isGenerated = ({ name }) => /^generated[\\/]/.test(name);

test("a page of the site's own holds no program: it shows files of site/samples, or of examples", () => {
  const own = pages.filter((page) => !isGenerated(page));
  assert.ok(own.length > 10);
  assert.deepEqual(
    own.filter((page) => programs(page).length > 0).map(({ name }) => name),
    [],
  );
});

test("every file that a page shows is a sample or an example, and every sample is shown", () => {
  const shown = pages.flatMap(({ text }) =>
    [...text.matchAll(/^<<< (?:\.\.\/)+([^#\s]+)(?:#(\w+))?$/gm)].map(([, path, region]) => ({
      path,
      region,
    })),
  );
  for (const { path, region } of shown) {
    const file = path.startsWith("samples/") ? at("site", path) : at(path);
    assert.match(path, /^(?:samples\/|examples\/\w+\.rs$)/);
    const text = readFileSync(file, "utf8");
    assert.ok(region === undefined || text.includes(`#region ${region}\n`), `${path}#${region}`);
  }
  const paths = new Set(shown.map(({ path }) => path));
  assert.deepEqual(
    names().filter((name) => !paths.has(`samples/${name}`)),
    [],
  );
});

test("a program in a page would be seen", () => {
  const text = "# Title\n\n```ts\nsend();\n```\n\n```sh\nnpm install\n```\n";
  assert.deepEqual(programs({ text }), [{ language: "ts", code: "send();\n", heading: "Title" }]);
});

test("the guide to migrating holds pairs, which tests/migrate runs, and programs that run", async () => {
  const guide = pages.find(({ name }) => name.endsWith("migration.md"));
  const others = programs(guide).filter(({ code }) => !/^\/\/ (?:before|after)\n/.test(code));
  assert.ok(programs(guide).length - others.length >= 38);
  for (const [index, { code }] of others.entries()) {
    const file = `migration-${index}.mjs`;
    writeFileSync(join(folder, file), code);
    const ended = await runIn(folder, process.execPath, [file], {
      env: { PAGE_TOKEN: "EAABtesttoken" },
    });
    assert.equal(ended.code, 0, ended.output);
  }
});

test("every example of the API compiles", async () => {
  const { documented } = await import("../../site/generate/api.mjs");
  const runtime = Object.keys(documented());
  const exported = new Map();
  for (const [index, name] of runtime.entries()) {
    const loader = join(folder, `entry-${index}.mjs`);
    writeFileSync(loader, `export * from ${JSON.stringify(name)};`);
    for (const one of Object.keys(await import(pathToFileURL(loader)))) {
      exported.set(one, exported.get(one) ?? name);
    }
  }
  const imports = [...exported]
    .map(([one, name]) => `import { ${one} } from "${name}";`)
    .join("\n");
  const examples = pages
    .filter(({ name }) => /^generated[\\/]api[\\/]/.test(name))
    .flatMap((page) => programs(page).filter(({ heading }) => /^Examples?$/.test(heading)));
  const distinct = [...new Set(examples.map(({ code }) => code))];
  assert.ok(distinct.length >= 8, `${distinct.length}`);
  const files = distinct.map((code, index) => {
    // An object is an option, and no block.
    const body = code.startsWith("{") ? `(${code.trim()});` : code;
    const file = `example-${index}.ts`;
    writeFileSync(join(folder, file), `${imports}\n${SURROUNDINGS}\n${body}\nexport {};\n`);
    return file;
  });
  const { code, output } = await compile(folder, files, {
    name: "examples",
    types: ["node"],
    noEmit: true,
    noUnusedLocals: false,
    noUncheckedIndexedAccess: false,
  });
  assert.equal(code, 0, output);
});

test("the other generated pages hold no program", () => {
  const others = pages.filter(
    (page) => isGenerated(page) && !/[\\/]api[\\/]|migration\.md$/.test(page.name),
  );
  assert.ok(others.length >= 3);
  assert.deepEqual(
    others.filter((page) => programs(page).length > 0).map(({ name }) => name),
    [],
  );
});

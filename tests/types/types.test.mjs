// What TypeScript accepts and refuses with the packed package's declarations, in strict mode, with
// each library that declares a runtime. fixtures: accept/ must compile; refuse/ has
// `@ts-expect-error` before each line that must not. dom.ts, node.ts and workers.ts are for one
// library only, all other files for all of them.
import assert from "node:assert/strict";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { installTarball } from "../../scripts/lib/pack.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const NODE_NEXT = { module: "nodenext", moduleResolution: "nodenext" };
const BUNDLER = { module: "esnext", moduleResolution: "bundler" };
const LIBRARIES = {
  dom: { lib: ["es2023", "dom"], types: [] },
  node: { lib: ["es2023"], types: ["node"] },
  workers: { lib: ["es2023"], types: ["@cloudflare/workers-types"] },
};
const SETTINGS = [
  ["dom", "as a bundler resolves", BUNDLER],
  ["dom", "as Node resolves", NODE_NEXT],
  ["node", "as Node resolves", NODE_NEXT],
  ["workers", "as a bundler resolves", BUNDLER],
];

let folder;
let home;
before(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "messenger-send-types-")));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  home = await installTarball(folder, { deps: ["@types/node", "@cloudflare/workers-types"] });
  for (const name of ["accept", "refuse"]) {
    cpSync(join(HERE, name), join(folder, name), { recursive: true });
  }
});

function fixtures(library) {
  const all = ["accept", "refuse"].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => `${name}/${file}`),
  );
  return all.filter(
    (file) =>
      !Object.keys(LIBRARIES).some((other) => other !== library && file.endsWith(`/${other}.ts`)),
  );
}

async function compile(name, files, compilerOptions) {
  const config = {
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      // The package's own declarations are checked too.
      skipLibCheck: false,
      target: "es2023",
      ...compilerOptions,
    },
    files,
  };
  const file = join(folder, `tsconfig.${name}.json`);
  writeFileSync(file, JSON.stringify(config));
  return run(at("node_modules", ".bin", "tsc"), ["--project", file, "--pretty", "false"], {
    cwd: folder,
    quiet: true,
    timeoutMs: 120_000,
  });
}

for (const [library, how, resolution] of SETTINGS) {
  test(`${library}, ${how}`, async () => {
    const files = fixtures(library);
    assert.ok(files.length >= 5);
    const { code, output } = await compile(`${library}-${resolution.module}`, files, {
      ...LIBRARIES[library],
      ...resolution,
    });
    assert.equal(code, 0, output);
  });
}

test("a mistake in a fixture is found", async () => {
  writeFileSync(
    join(folder, "wrong.ts"),
    'import { validate } from "messenger-send";\nexport const wrong: string = validate({});\n',
  );
  const { code, output } = await compile("wrong", ["wrong.ts"], {
    ...LIBRARIES.node,
    ...NODE_NEXT,
  });
  assert.notEqual(code, 0);
  assert.match(output, /wrong\.ts\(2,14\)/);
});

test("no declaration says any, save the one that schemas need", () => {
  for (const file of readdirSync(home).filter((name) => name.endsWith(".d.ts"))) {
    const code = readFileSync(join(home, file), "utf8")
      .replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"/g, "")
      .replace("export type SchemaInput = any;", "");
    assert.doesNotMatch(code, /\bany\b/, file);
  }
});

test("every function, class and member of the API has a description", () => {
  const files = [
    "index.d.ts",
    "messaging-window.d.ts",
    "split-text.d.ts",
    "testing/index.d.ts",
    "validate.d.ts",
    "webhook/index.d.ts",
  ];
  const lines = files.flatMap((file) => readFileSync(join(home, file), "utf8").split("\n"));
  const undescribed = lines.filter((line, at) => {
    const declares = /^export (?!(type )?\*)/.test(line) || isMember(lines, at);
    return (
      declares && !/(\*\/|^\s*\/\/ .*)\s*$/.test(lines[at - 1]) && !inStandardSchema(lines, at)
    );
  });
  assert.deepEqual(undescribed, []);
});

/** A member of an interface, a class or an object type; a parameter on a line of its own is none. */
function isMember(lines, at) {
  if (!/^ {2}\w+\??:/.test(lines[at]) || /^ {2}name:/.test(lines[at])) {
    return false;
  }
  const opening = lines.slice(0, at).findLast((line) => /^\S/.test(line) && !/^[})\]]/.test(line));
  return /^export (declare )?(interface|class) |^export type [^=]+= \{$/.test(opening ?? "");
}

/** Standard Schema's members, and those of AbortSignal, are described where they come from. */
function inStandardSchema(lines, at) {
  const opening = lines.slice(0, at).findLast((line) => /^export /.test(line));
  return /StandardSchema|StandardResult|AbortSignalLike/.test(opening ?? "");
}

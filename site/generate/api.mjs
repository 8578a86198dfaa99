// Generates the reference of the JavaScript API from the package's declarations, with TypeDoc and its Markdown plugin.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { GENERATED, inPackage } from "./places.mjs";

const API = join(GENERATED, "api");
const require = createRequire(import.meta.url);

/** The description of each entry of the package. Other entries are listed without one. */
const ENTRIES = {
  "messenger-send": "builds, checks and sends messages",
  "messenger-send/inline":
    "the same, with the WebAssembly inside the JavaScript: no second file, and no `init`",
  "messenger-send/slim": "the same without the WebAssembly, for programs that give it to `init`",
  "messenger-send/wasm": "the WebAssembly for `messenger-send/slim`",
  "messenger-send/validate":
    "builds and checks messages, and cannot send them: the smaller one, for web pages",
  "messenger-send/validate/inline": "the same, with the WebAssembly inside the JavaScript",
  "messenger-send/validate/slim": "the same without the WebAssembly",
  "messenger-send/validate/wasm": "the WebAssembly for `messenger-send/validate/slim`",
  "messenger-send/split-text": "`splitText` alone, without WebAssembly",
  "messenger-send/messaging-window": "`messagingWindow` alone, without WebAssembly",
  "messenger-send/testing": "a Graph API for tests",
  "messenger-send/webhook": "signatures and events of webhooks, and settling what is unknown",
  "messenger-send/schema.json": "a JSON Schema of the request",
};

/** The entries of the package, with the files of their declarations, if any: `{ "messenger-send/webhook": "webhook/index.d.ts" }`. */
export function entries() {
  const { name, exports } = JSON.parse(readFileSync(inPackage("package.json"), "utf8"));
  return Object.fromEntries(
    Object.entries(exports)
      .filter(([path]) => path !== "./package.json")
      .map(([path, { types }]) => [
        name + path.slice(1),
        (types?.default ?? types)?.replace("./", ""),
      ]),
  );
}

/** The entries that get pages. An entry whose declarations another entry re-exports is documented there. */
export function documented() {
  const found = {};
  const seen = new Set(["wasm.d.ts"]);
  for (const [name, types] of Object.entries(entries())) {
    if (types !== undefined && !seen.has(types)) {
      found[name] = types;
      withReexports(types, seen);
    }
  }
  return found;
}

function withReexports(file, seen) {
  seen.add(file);
  const text = readFileSync(inPackage(file), "utf8");
  for (const [, other] of text.matchAll(/^export (?:type )?\* from "\.\/(.+)\.js";/gm)) {
    withReexports(join(dirname(file), `${other}.d.ts`), seen);
  }
}

/** Writes the pages into `generated/api`. */
export async function writeApi() {
  const modules = documented();
  const { Application, LogLevel, Models } = await import(pathToFileURL(require.resolve("typedoc")));
  const tsconfig = join(GENERATED, "tsconfig.json");
  const files = Object.values(modules).map((file) => inPackage(file));
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions: OPTIONS, files }));
  const app = await Application.bootstrapWithPlugins({
    plugin: [require.resolve("typedoc-plugin-markdown")],
    entryPoints: files,
    tsconfig,
    outputs: [{ name: "markdown", path: API }],
    logLevel: LogLevel.Error,
    name: "JavaScript API",
    readme: "none",
    disableSources: true,
    hideGenerator: true,
    sort: ["source-order"],
    groupOrder: ["Functions", "Classes", "Variables", "Interfaces", "Type Aliases"],
    indexFormat: "table",
    entryFileName: "index",
    hideBreadcrumbs: true,
    hidePageHeader: true,
    pageTitleTemplates: {
      index: "{projectName}",
      module: "{name}",
      member: "{name}",
    },
    useCodeBlocks: true,
    expandObjects: true,
    parametersFormat: "table",
  });
  const project = await app.convert();
  if (project === undefined) {
    throw new Error("TypeDoc could not read the declarations of the package");
  }
  // TypeDoc names a module after its file.
  const names = Object.fromEntries(
    Object.entries(modules).map(([name, file]) => [file.replace(/(\/index)?\.d\.ts$/, ""), name]),
  );
  for (const module of project.children) {
    module.name = names[module.name];
  }
  foldMappedTypes(project, Models);
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) {
    throw new Error("TypeDoc could not write the pages of the API");
  }
  writeFileSync(join(API, "index.md"), indexPage(modules));
}

function indexPage(modules) {
  const rows = Object.keys(entries()).map((name) => {
    const shown = modules[name] === undefined ? `\`${name}\`` : `[\`${name}\`](./${name}/)`;
    return `| ${shown} | ${ENTRIES[name] ?? ""} |`;
  });
  return `# JavaScript API\n\nThe entries of the package. One without a page of its own has the functions and types of \`messenger-send\`, or a part of them.\n\n| Entry | What it is |\n| --- | --- |\n${rows.join("\n")}\n`;
}

/** Undoes the expansion of mapped types by TypeDoc, which would list a member of `RuleOptions.rules` for each rule. */
function foldMappedTypes(project, { ReflectionKind, UnknownType }) {
  for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
    const members = property.type?.type === "reflection" ? property.type.declaration.children : [];
    if (members?.length > MANY) {
      const [{ type }] = members;
      project.removeReflection(property.type.declaration);
      property.type = new UnknownType(`{ [code in RuleCode]?: ${type.toString()} }`);
    }
  }
}

const MANY = 100;
const OPTIONS = {
  module: "esnext",
  moduleResolution: "bundler",
  target: "es2023",
  lib: ["es2023", "dom"],
  types: [],
  strict: true,
  noEmit: true,
};

/**
 * The sidebar of the reference, read from the generated pages. The two hundred payloads are omitted, since every page contains the whole
 * sidebar.
 */
export function apiSidebar() {
  if (!existsSync(join(API, "index.md"))) {
    return [];
  }
  const payloads = new Set(
    [
      ...readFileSync(inPackage("payload.d.ts"), "utf8").matchAll(
        /^export (?:type|interface) (\w+)/gm,
      ),
    ].map(([, name]) => name),
  );
  const isPayload = ({ text }) => payloads.has(text);
  return Object.keys(documented()).map((name) => {
    const folder = `/api/${name}`;
    const groups = readFileSync(join(API, name, "index.md"), "utf8")
      .split(/^## /m)
      .slice(1)
      .map((group) => ({
        heading: group.split("\n", 1)[0],
        items: links(group).map((one) => ({ text: one.text, link: `${folder}/${one.path}` })),
      }));
    const types = groups
      .filter(({ heading }) => TYPES.includes(heading))
      .flatMap(({ items }) => items);
    return {
      text: name,
      link: `${folder}/`,
      collapsed: name !== "messenger-send",
      items: [
        ...groups
          .filter(({ heading }) => !TYPES.includes(heading))
          .map(({ heading, items }) => ({ text: heading, collapsed: false, items })),
        { text: "Types", collapsed: true, items: types.filter((one) => !isPayload(one)) },
      ].filter(({ items }) => items.length > 0),
    };
  });
}

const TYPES = ["Interfaces", "Type Aliases"];

function links(markdown) {
  return [...markdown.matchAll(/\[([^\]]+)\]\(([^)]+\.md)\)/g)].map(([, text, path]) => ({
    text: text.replaceAll("\\", ""),
    path,
  }));
}

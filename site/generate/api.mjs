// The reference of the JavaScript API, from the package's declarations: TypeDoc reads them, its Markdown plugin writes a page for each.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { GENERATED, PACKAGE } from "./places.mjs";

const API = join(GENERATED, "api");
const require = createRequire(import.meta.url);

/** The entries of the package that have declarations of their own: `{ "messenger-send/webhook": "webhook/index.d.ts" }`. */
export function entries() {
  const { name, exports } = JSON.parse(readFileSync(PACKAGE("package.json"), "utf8"));
  const found = {};
  for (const [path, target] of Object.entries(exports)) {
    const types = target.types?.default ?? target.types;
    // `inline` and `slim` are the same API as the package itself.
    if (types !== undefined && !Object.values(found).includes(types)) {
      found[name + path.slice(1)] = types;
    }
  }
  return found;
}

/** Writes the pages into `generated/api`. */
export async function writeApi() {
  const modules = entries();
  const { Application, LogLevel, Models } = await import(pathToFileURL(require.resolve("typedoc")));
  const tsconfig = join(GENERATED, "tsconfig.json");
  const files = Object.values(modules).map((file) => PACKAGE(file));
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
    Object.entries(modules).map(([name, file]) => [
      file.replace(/^\.\/|(\/index)?\.d\.ts$/g, ""),
      name,
    ]),
  );
  for (const module of project.children) {
    module.name = names[module.name];
  }
  foldMappedTypes(project, Models);
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) {
    throw new Error("TypeDoc could not write the pages of the API");
  }
}

/** TypeDoc writes out what a mapped type gives: of `RuleOptions.rules` one member for each rule. */
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
 * The sidebar of the reference, read from the pages that were written. The payloads are left out: every page holds the whole sidebar, and
 * there are two hundred of them.
 */
export function apiSidebar() {
  if (!existsSync(join(API, "index.md"))) {
    return [];
  }
  const payloads = new Set(
    [
      ...readFileSync(PACKAGE("payload.d.ts"), "utf8").matchAll(
        /^export (?:type|interface) (\w+)/gm,
      ),
    ].map(([, name]) => name),
  );
  const isPayload = ({ text }) => payloads.has(text);
  return links(readFileSync(join(API, "index.md"), "utf8")).map(({ text, path }) => {
    const folder = `/api/${dirname(path)}`;
    const groups = readFileSync(join(API, path), "utf8")
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
      text,
      link: `${folder}/`,
      collapsed: text !== "messenger-send",
      items: [
        ...groups
          .filter(({ heading }) => !TYPES.includes(heading) && heading !== "References")
          .map(({ heading, items }) => ({ text: heading, collapsed: false, items })),
        { text: "Types", collapsed: true, items: types.filter((one) => !isPayload(one)) },
      ].filter(({ items }) => items.length > 0),
    };
  });
}

const TYPES = ["Interfaces", "Type Aliases"];

function links(markdown) {
  return [...markdown.matchAll(/\[([^\]]+)\]\(([^)]+\.md)\)/g)]
    .map(([, text, path]) => ({ text: text.replaceAll("\\", ""), path }))
    .filter(({ path }) => !path.startsWith(".."));
}

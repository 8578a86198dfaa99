// The size of what a page loads, of a bundle, and of the parts of the module.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import {
  BUDGET,
  JS_BUDGET,
  mainBundle,
  measure as measureFiles,
  measureValidate,
  VALIDATE,
} from "../../scripts/lib/budgets.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { byOwner, readableName, textAndTables } from "../lib/attribution.mjs";
import { bundleFile, workshop } from "../lib/bundle.mjs";
import { bytes, table } from "../lib/markdown.mjs";
import { namedPackage } from "../lib/named.mjs";
import { functions, sections } from "../lib/wasm.mjs";

const LARGEST = 15;
const PEERS = {
  "zod, with the shared rules": "../peers/zod.mjs",
  "valibot, with the shared rules": "../peers/valibot.mjs",
  "ajv, with the shared rules": "../peers/ajv.mjs",
  "typebox, with the shared rules": "../peers/typebox.mjs",
};
const CLIENTS = {
  "@warriorteam/messenger-sdk": "Messenger",
  "messaging-api-messenger": "MessengerClient",
};

export const title = "Size";

export async function measure() {
  const { rows, total } = measureFiles(at("pkg"));
  const main = await mainBundle(at("pkg"));
  const validate = await measureValidate(at("pkg"));
  const wasm = rows.find(({ name }) => name.endsWith(".wasm"));
  const named = await inside();
  return {
    text: [
      "The files that a page without a bundler loads, in bytes; each file is compressed by itself (gzip -9):",
      table(
        ["file", "raw", "gzip"],
        [
          ...rows.map(({ name, raw, gzip }) => [name, bytes(raw), bytes(gzip)]),
          ["together", bytes(rows.reduce((sum, { raw }) => sum + raw, 0)), `**${bytes(total)}**`],
        ],
      ),
      "Bundled and minified by Vite: the part of each package in the main bundle of a page that uses `init`, `buildMessage`, `validate` and, with the sending entry, `send`:",
      table(
        ["bundle", "raw", "gzip"],
        [
          [
            "messenger-send, JavaScript in the main bundle",
            bytes(main.raw),
            `**${bytes(main.gzip)}**`,
          ],
          [
            "messenger-send, with the module",
            bytes(main.raw + wasm.raw),
            bytes(main.gzip + wasm.gzip),
          ],
          [
            "messenger-send/validate, JavaScript in the main bundle",
            bytes(validate.main.raw),
            `**${bytes(validate.main.gzip)}**`,
          ],
          [
            "messenger-send/validate, all it offers but its helpers",
            bytes(validate.all.raw),
            bytes(validate.all.gzip),
          ],
          [
            "messenger-send/validate, all of that with the module",
            bytes(validate.all.raw + validate.module.raw),
            `**${bytes(validate.total)}**`,
          ],
          ...(await peerBundles()),
        ],
      ),
      "### Where the bytes of the module are",
      named,
    ].join("\n\n"),
    aims: [
      { what: "what a page loads, bytes after gzip", most: BUDGET, aim: 98_000, is: total },
      { what: "JavaScript in the main bundle, bytes after gzip", most: JS_BUDGET, is: main.gzip },
      {
        what: "what a page loads of messenger-send/validate, bytes after gzip",
        most: VALIDATE.total.budget,
        aim: 42_000,
        is: validate.total,
      },
      {
        what: "its JavaScript in the main bundle, bytes after gzip",
        most: VALIDATE.main.budget,
        is: validate.main.gzip,
      },
    ],
  };
}

async function peerBundles() {
  const entries = Object.fromEntries(
    Object.entries(PEERS).map(([name, path]) => [
      name,
      fileURLToPath(new URL(path, import.meta.url)),
    ]),
  );
  for (const [name, client] of Object.entries(CLIENTS)) {
    entries[name] = clientEntry(name, client);
  }
  const rows = [];
  for (const [name, entry] of Object.entries(entries)) {
    const found = readFileSync(await bundleFile(entry, { minify: true }));
    rows.push([name, bytes(found.length), bytes(gzip(found))]);
  }
  return rows;
}

/** A program that uses a client, where the client's package can be found. */
function clientEntry(name, client) {
  const file = join(workshop(), "entry.mjs");
  const from = fileURLToPath(new URL(`../node_modules/${name}/dist/index.js`, import.meta.url));
  writeFileSync(
    file,
    `import * as all from ${JSON.stringify(from)}; export const client = new all.${client}({ accessToken: "x" });`,
  );
  return file;
}

/** The sections, the owners of the code and its largest functions, of a build that still has the names. */
async function inside() {
  const folder = await namedPackage();
  try {
    const module = readFileSync(join(folder, "bindings_bg.wasm"));
    const all = functions(module);
    const data = sections(module).find(({ kind }) => kind === "data");
    const { text, tables } = textAndTables(data?.content ?? new Uint8Array());
    const published = sections(readFileSync(at("pkg", "bindings_bg.wasm")));
    const codeOf = (parts) => parts.find(({ kind }) => kind === "code")?.size ?? 0;
    return [
      table(
        ["section", "raw", "gzip"],
        published.map(({ kind, name, size, content }) => [
          name === undefined ? kind : `${kind}: ${name}`,
          bytes(size),
          bytes(gzip(content)),
        ]),
      ),
      `The data consists of ${bytes(text.raw)} bytes of text (${bytes(text.gzip)} after gzip) and ${bytes(tables.raw)} bytes of tables (${bytes(tables.gzip)} after gzip).`,
      "The code by owner: modules of this crate, and its dependencies. Each group is compressed by itself, so the sum is above the total.\n" +
        `Inlined code counts for the function that contains it. Measured in a build with function names, whose code has ${bytes(codeOf(sections(module)))} bytes; the code of the published module has ${bytes(codeOf(published))}.`,
      table(
        ["owner", "functions", "raw", "gzip"],
        byOwner(all).map(({ name, count, raw, gzip: small }) => [
          `\`${name}\``,
          count,
          bytes(raw),
          bytes(small),
        ]),
      ),
      "The largest functions:",
      table(
        ["function", "raw"],
        [...all]
          .sort((a, b) => b.size - a.size)
          .slice(0, LARGEST)
          .map(({ name, size }) => [`\`${readableName(name)}\``, bytes(size)]),
      ),
    ].join("\n\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function gzip(content) {
  return gzipSync(content, { level: 9 }).length;
}

// Runs every JavaScript sample of README.md and of the package's README with the packed package,
// against the fake Graph of messenger-send/testing. A comment after a `console.log` is what it must
// print.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { at } from "../../scripts/lib/root.mjs";
import { project, write } from "./lib/project.mjs";

const APP_SECRET = "0123456789abcdef0123456789abcdef";
const PERSON = "7001002003004005";
const PAGES = ["README.md", "pkg-template/README.md"];
const IMPORT = /^import (\{[^}]*\}) from "(messenger-send[^"]*)";$/gm;

/** What a sample may use without declaring it. */
const SURROUNDINGS = {
  accessToken: "EAABtesttoken",
  bytes: new Uint8Array([1, 2, 3]),
  process: { env: { PAGE_TOKEN: "EAABtesttoken", APP_SECRET } },
  request: { recipient: { id: PERSON }, messaging_type: "RESPONSE", message: { text: "hello" } },
};

const SAMPLES = PAGES.flatMap((page) =>
  [...readFileSync(at(...page.split("/")), "utf8").matchAll(/^```js\n(.*?)^```$/gms)].map(
    ([, code], index) => ({ name: `${page}, sample ${index + 1}`, code }),
  ),
);

let folder, testing;
before(async () => {
  folder = await project();
  testing = await load("messenger-send/testing");
});

/** An entry of the package as it resolves in the project. */
async function load(entry) {
  const name = `${entry.replaceAll("/", "-")}.js`;
  write(folder, { [name]: `export * from ${JSON.stringify(entry)};` });
  return import(pathToFileURL(join(folder, name)).href);
}

/** Runs the code with its imports and the surroundings; what it printed, and what `webhook` is where it declares that. */
async function runSample(code) {
  const printed = [];
  const names = {
    ...SURROUNDINGS,
    console: { log: (...values) => printed.push(values.map(shown).join(" ")), error() {} },
  };
  for (const [, list, entry] of code.matchAll(IMPORT)) {
    const module = await load(entry);
    for (const name of list.match(/\w+/g)) {
      assert.ok(name in module, `${entry} exports ${name}`);
      names[name] = module[name];
    }
  }
  const body = `${code.replaceAll(IMPORT, "")}\nreturn typeof webhook === "function" ? webhook : undefined;`;
  const run = new (async () => {}).constructor(...Object.keys(names), body);
  return { printed, webhook: await run(...Object.values(names)) };
}

function shown(value) {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** What the comments say that is printed, in their order. */
function expected(code) {
  return [...code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)]
    .map(([, comment]) => comment)
    .filter((comment) => !/^[A-Z]/.test(comment));
}

test("the pages have samples", () => assert.ok(SAMPLES.length >= 8, `${SAMPLES.length}`));

for (const { name, code } of SAMPLES) {
  test(name, async () => {
    const graph = testing.fakeGraph();
    const { fetch } = globalThis;
    globalThis.fetch = graph.fetch;
    try {
      const { printed, webhook } = await runSample(code);
      if (webhook !== undefined) {
        await assertWebhook(webhook);
      }
      const wanted = expected(code);
      assert.deepEqual(
        printed.filter((line) => wanted.includes(line)),
        wanted,
        `printed: ${printed.join("\n")}`,
      );
      const isSending = /\b(send|sendAll)\(/.test(code) && !code.includes("fakeGraph");
      assert.equal(graph.accepted.length > 0, isSending, "it sends");
    } finally {
      globalThis.fetch = fetch;
    }
  });
}

/** The handler takes what Meta has signed, and nothing else. */
async function assertWebhook(webhook) {
  const messaging = [
    {
      sender: { id: PERSON },
      recipient: { id: "1" },
      timestamp: 1,
      message: { mid: "m_1", text: "Hi" },
    },
  ];
  const body = JSON.stringify({ object: "page", entry: [{ id: "1", time: 1, messaging }] });
  const post = (signature) =>
    new Request("https://example.com/webhook", {
      method: "POST",
      body,
      headers: { "x-hub-signature-256": signature },
    });
  const signed = `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`;
  assert.equal((await webhook(post("sha256=00"))).status, 403);
  assert.equal((await webhook(post(signed))).status, 200);
}

// Every sample of the site compiles strictly beside the packed package, does what its page says, and is shown on a page; nothing else is shown.
// UPDATE=1 writes the outputs that the pages show anew.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { at } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { startGraph } from "../local-graph/server.mjs";
import * as steps from "../local-graph/steps.mjs";
import { compileAll, names, PAGES, SAMPLES, sampleProject } from "./lib/samples.mjs";

const TOKEN = "EAABtesttoken";
const APP_SECRET = "0123456789abcdef0123456789abcdef";
const PSID = "7001002003004005";
const HOSTS = /^https:\/\/graph\.(?:facebook|instagram)\.com/;
const PEOPLE = ["7001002003004005", "7001002003004006", "7001002003004007"];
const platformFetch = globalThis.fetch;

let folder;
let graph;
let compiled;
let printed = [];
before(async () => {
  folder = await sampleProject();
  compiled = await compileAll(folder);
  copyFileSync(at("docs", "images", "phone-light.png"), join(folder, "kettle.png"));
  writeFileSync(join(folder, "people.txt"), `${PEOPLE.join("\n")}\n`);
  graph = await startGraph({ token: TOKEN, appSecret: undefined });
  process.chdir(folder);
  Object.assign(process.env, { PAGE_TOKEN: TOKEN, INSTAGRAM_TOKEN: TOKEN, APP_SECRET });
  // The samples send to Graph; here the stand-in answers.
  globalThis.fetch = (input, init) =>
    input instanceof Request
      ? platformFetch(new Request(input.url.replace(HOSTS, graph.url), input))
      : platformFetch(String(input).replace(HOSTS, graph.url), init);
  for (const name of ["log", "error"]) {
    console[name] = (...values) => printed.push(format(...values));
  }
});
after(() => graph.close());
beforeEach(() => {
  graph.reset();
  printed = [];
});

test("every sample compiles strictly", () => {
  for (const { code, output } of compiled) {
    assert.equal(code, 0, output);
  }
});

test("a mistake in a sample would be seen", async () => {
  const file = join(folder, "send.ts");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("hello, world", 'hello, world", txet: "'));
  try {
    const [node] = await compileAll(folder, { noEmit: true });
    assert.match(node.output, /send\.ts\(5,.*txet/);
  } finally {
    writeFileSync(file, text);
  }
});

/** Runs a sample, as `node sample.js` would. */
let runs = 0;
function load(name) {
  runs += 1;
  return import(`${pathToFileURL(join(folder, "out", `${name}.js`))}?${runs}`);
}

const messages = () => graph.accepted.map(({ params }) => params.message);
const recipients = () => graph.accepted.map((one) => one.recipient_id).sort();

/** What is printed must be what the page shows. */
function assertShown(file) {
  const path = join(SAMPLES, file);
  const text = `${printed.join("\n")}\n`;
  if (process.env.UPDATE === "1") {
    writeFileSync(path, text);
  }
  assert.equal(text, readFileSync(path, "utf8"), `${file} is stale: run this test with UPDATE=1`);
}

function webhook(messaging) {
  const body = JSON.stringify({ object: "page", entry: [{ id: "1234567890", messaging }] });
  const signature = createHmac("sha256", APP_SECRET).update(body).digest("hex");
  return new Request("https://example.com/webhook", {
    method: "POST",
    body,
    headers: { "X-Hub-Signature-256": `sha256=${signature}` },
  });
}

/** What each sample does. */
const BEHAVIOUR = {
  async send() {
    await load("send");
    assert.deepEqual(messages(), [{ text: "hello, world" }]);
  },
  async check() {
    await load("check");
    assert.match(printed[0], /\/message\/text: /);
    assert.match(printed[0], /recipient/);
  },
  async "build-message"() {
    await load("build-message");
    assertShown("build-message.out.json");
  },
  async template() {
    await load("template");
    const [button, other] = messages()[0].attachment.payload.elements[0].buttons;
    assert.deepEqual([button.type, other.type], ["web_url", "postback"]);
  },
  async report() {
    await load("report");
    assertShown("report.out.txt");
  },
  async "change-a-rule"() {
    await load("change-a-rule");
    assert.deepEqual(printed, ["1 false 0"]);
  },
  async worker() {
    const { default: worker } = await load("worker");
    const env = { PAGE_TOKEN: TOKEN, APP_SECRET, VERIFY_TOKEN: "verify" };
    const waited = [];
    const context = { waitUntil: (promise) => waited.push(promise) };
    const fetch = (request) => worker.fetch(request, env, context);
    const asked = "https://example.com/?hub.verify_token=verify&hub.challenge=42";
    assert.equal(await (await fetch(new Request(asked))).text(), "42");
    const forged = new Request("https://example.com/", { method: "POST", body: "{}" });
    assert.equal((await fetch(forged)).status, 403);
    const message = { mid: "m_1", text: "hello" };
    const event = {
      sender: { id: PSID },
      recipient: { id: "1" },
      timestamp: 1_790_000_000_000,
      message,
    };
    assert.equal((await fetch(webhook([event]))).status, 200);
    await Promise.all(waited);
    assert.deepEqual(messages(), [{ text: "You wrote 5 characters." }]);
    assert.deepEqual(graph.accepted[0].params.reply_to ?? messages()[0].reply_to, { mid: "m_1" });
    graph.script(steps.error({ code: 10 }));
    await fetch(webhook([event]));
    await Promise.all(waited);
    assert.match(printed[0], /^rejected /);
    assert.doesNotMatch(printed.join(), new RegExp(TOKEN));
  },
  async "handle-errors"() {
    const { deliver } = await load("handle-errors");
    const draft = { to: PSID, text: "hello" };
    assert.equal(await deliver(draft), "sent");
    assert.equal(await deliver({ to: PSID, text: "" }), "failed");
    graph.script(steps.error({ code: 10, subcode: 2018278 }), steps.acceptThenReset());
    assert.equal(await deliver(draft), "failed");
    assert.match(printed[1], /^window: /);
    assert.equal(await deliver(draft), "ask");
  },
  async deadlines() {
    graph.script(steps.error({ code: 613 }));
    await load("deadlines");
    assert.match(printed[0], /^attempt 1 failed \(rate_limit\), next one in \d+ ms$/);
    assert.equal(graph.accepted.length, 1);
  },
  async settle() {
    const { deliver, onWebhook, unsettled } = await load("settle");
    graph.script(steps.acceptThenReset());
    await assert.rejects(deliver({ to: PSID, text: "hello" }));
    assert.equal(unsettled.size, 1);
    const { metadata } = messages()[0];
    const message = { mid: "m_1", is_echo: true, app_id: 1, text: "hello", metadata };
    const echo = {
      sender: { id: "1" },
      recipient: { id: PSID },
      timestamp: 1_790_000_000_000,
      message,
    };
    assert.equal((await onWebhook(webhook([echo]))).status, 200);
    assert.equal(unsettled.size, 0);
  },
  async many() {
    graph.script(({ params }) =>
      params.recipient.id === PEOPLE[1] ? steps.error({ code: 551 }) : null,
    );
    await load("many");
    assert.match(printed[0], /^message 1: failed /);
    assert.equal(printed[1], "2 sent, 1 failed, 0 unknown");
  },
  async "many-stream"() {
    await load("many-stream");
    assert.deepEqual(recipients(), PEOPLE);
    assert.ok(graph.requests.every(({ params }) => params.batch !== undefined));
    assert.match(printed.at(-1), /^3 \d+$/);
  },
  async upload() {
    await load("upload");
    const [upload, ...sends] = graph.requests;
    assert.equal(upload.files.filedata.type, "image/png");
    assert.equal(sends.length, 2);
    assert.deepEqual(recipients(), PEOPLE.slice(0, 2));
  },
  async filedata() {
    await load("filedata");
    assert.equal(graph.requests[0].files.filedata.filename, "kettle.png");
    assert.equal(graph.accepted.length, 1);
  },
  async media() {
    await load("media");
    assert.equal(graph.accepted.length, 3);
    assert.equal(messages()[2].attachments.length, 2);
  },
  async instagram() {
    await load("instagram");
    assert.deepEqual(recipients(), ["1234567890123456"]);
  },
  async "instagram-rules"() {
    await load("instagram-rules");
    assertShown("instagram-rules.out.txt");
  },
  async window() {
    const { answer } = await load("window");
    const hour = 60 * 60 * 1000;
    assert.match(await answer(PSID, "hello", Date.now() - hour), /^sent; the window closes at /);
    assert.match(await answer(PSID, "hello", Date.now() - 30 * 24 * hour), /^closed: not sent$/);
    assert.equal(graph.accepted.length, 1);
  },
  async "long-text"() {
    const { sendLong } = await load("long-text");
    const text = "The kettle is ready. ".repeat(200);
    await sendLong(PSID, text);
    assert.equal(
      messages()
        .map((one) => one.text)
        .join(""),
      text,
    );
    assert.ok(graph.accepted.length > 1);
  },
  greet: () => undefined,
  async "greet.test"() {
    const { code, output } = await run(process.execPath, ["--test", "out/greet.test.js"], {
      cwd: folder,
      quiet: true,
      env: { NODE_TEST_CONTEXT: undefined },
      timeoutMs: 60_000,
    });
    assert.equal(code, 0, output);
    assert.match(output, /pass 3/);
  },
};

for (const [name, behaves] of Object.entries(BEHAVIOUR)) {
  test(`${name} does what its page says`, { timeout: 60_000 }, behaves);
}

test("every sample is run: here, or in a page by forms.test.mjs", () => {
  const run = [...Object.keys(BEHAVIOUR).map((name) => `${name}.ts`), ...PAGES];
  assert.deepEqual(names().sort(), run.sort());
  assert.ok(existsSync(join(SAMPLES, "plain-form.html")));
});

// A test environment of jsdom, as Vitest and Jest make it: jsdom's classes beside the platform's `fetch`, which does not know them.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { startGraph } from "../local-graph/server.mjs";
import { project, runIn } from "./lib/project.mjs";

const TOKEN = "EAABtesttoken";
const JSDOM = pathToFileURL(createRequire(import.meta.url).resolve("jsdom")).href;

/** What the program of each test begins with; Vitest puts the same classes in the place of the platform's. */
const ENVIRONMENT = `
  import { Blob as PlatformBlob } from "node:buffer";
  import { JSDOM } from ${JSON.stringify(JSDOM)};
  const { window } = new JSDOM("", { url: "http://localhost/" });
  for (const name of [
    "AbortController", "AbortSignal", "Blob", "DOMException", "Event", "EventTarget", "File", "FileReader", "FormData", "Headers",
  ]) {
    globalThis[name] = window[name];
  }
  const { isSendError, send, uploadAttachment } = await import("messenger-send");
  const options = { accessToken: ${JSON.stringify(TOKEN)}, baseUrl: process.argv[2] };
  const IMAGE = {
    recipient: { id: "4815162342" },
    messaging_type: "RESPONSE",
    message: { attachment: { type: "image", payload: {} } },
  };
  const outcome = (promise) =>
    promise.then(
      ({ message_id, attachment_id }) => (message_id ?? attachment_id) !== undefined,
      (error) => isSendError(error) && [error.kind, error.delivery, error.attempts],
    );
`;

let graph;
before(async () => {
  graph = await startGraph({ token: TOKEN });
});
test.after(() => graph.close());

/** What a program prints as JSON. */
async function printed(text) {
  const folder = await project({ "program.mjs": `${ENVIRONMENT}${text}` });
  const { code, output } = await runIn(folder, process.execPath, ["program.mjs", graph.url]);
  assert.equal(code, 0, output);
  return JSON.parse(output);
}

test("files that the platform's fetch would send as text are refused, whatever holds them", async () => {
  const found = await printed(`
    const files = {
      blob: new Blob(["picture"], { type: "image/png" }),
      file: new File(["picture"], "a.png", { type: "image/png" }),
      bytes: Uint8Array.of(1, 2, 3),
      platformBlob: new PlatformBlob(["picture"], { type: "image/png" }),
    };
    const found = {};
    for (const [name, file] of Object.entries(files)) {
      found[name] = [
        await outcome(uploadAttachment(file, { ...options, type: "image" })),
        await outcome(send(IMAGE, { ...options, filedata: file })),
      ];
    }
    console.log(JSON.stringify(found));
    process.exit();
  `);
  // Not a timeout: nothing was waited for.
  const refused = ["configuration", "not_sent", 0];
  for (const name of ["blob", "file", "bytes", "platformBlob"]) {
    assert.deepEqual(found[name], [refused, refused], name);
  }
  assert.deepEqual(graph.requests, []);
});

test("what has no file is sent, and jsdom's signals stop it", async () => {
  const found = await printed(`
    const controller = new AbortController();
    const never = () => new Promise(() => {});
    const aborted = outcome(
      uploadAttachment("https://example.com/a.png", { ...options, fetch: never, signal: controller.signal }),
    );
    setTimeout(() => controller.abort());
    const found = [
      await outcome(uploadAttachment("https://example.com/a.png", options)),
      await outcome(send({ to: "4815162342", text: "hello" }, options)),
      await aborted,
    ];
    console.log(JSON.stringify(found));
    process.exit();
  `);
  assert.deepEqual(found, [true, true, ["aborted", "unknown", 1]]);
  assert.equal(graph.requests.length, 2);
});

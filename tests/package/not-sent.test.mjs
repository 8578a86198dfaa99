// A request that never left is `not_sent` if the runtime says so: connection refused, name not
// found, untrusted certificate.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { createServer } from "node:net";
import { before, test } from "node:test";
import { at } from "../../scripts/lib/root.mjs";
import { tell, told } from "./lib/outcome.mjs";
import { project, runIn, tool } from "./lib/project.mjs";

const PROGRAM = `
  import * as api from "messenger-send";
  const { nobody, unknown, untrusted } = JSON.parse((globalThis.Deno?.args ?? process.argv.slice(2))[0]);
  const request = { recipient: { id: "4815162342" }, messaging_type: "RESPONSE", message: { text: "hello" } };
  const failure = async (baseUrl) => {
    const sending = api.send(request, { accessToken: "EAABtesttoken", baseUrl, timeoutMs: 10_000, retry: { attempts: 2, baseDelayMs: 1 } });
    return sending.then(() => "sent", ({ kind, delivery, retryable, attempts, message }) => ({ kind, delivery, retryable, attempts, message }));
  };
  await api.init();
  (${tell})({ nobody: await failure(nobody), unknown: await failure(unknown), untrusted: await failure(untrusted) });
`;

/** How each runtime runs the program. */
const RUNTIMES = {
  "Node 20": [process.execPath, "program.mjs"],
  "Node 22": [at("node_modules", "node22", "bin", "node"), "program.mjs"],
  "Node 24": [at("node_modules", "node24", "bin", "node"), "program.mjs"],
  Bun: [tool("bun"), "program.mjs"],
  Deno: [tool("deno"), "run", "--no-prompt", "--no-remote", "--allow-net", "program.mjs"],
};

let folder;
let addresses;
before(async (context) => {
  folder = await project({ "program.mjs": PROGRAM });
  const closed = createServer();
  await new Promise((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const { port } = closed.address();
  await new Promise((resolve) => closed.close(resolve));
  const key = at("tests", "native", "untrusted");
  const tls = createTlsServer(
    { key: readFileSync(`${key}/key.pem`), cert: readFileSync(`${key}/certificate.pem`) },
    (_, response) => response.end("{}"),
  );
  await new Promise((resolve) => tls.listen(0, "127.0.0.1", resolve));
  context.after?.(() => tls.close());
  tls.unref();
  addresses = {
    nobody: `http://127.0.0.1:${port}`,
    unknown: "http://no-such-host.invalid",
    untrusted: `https://localhost:${tls.address().port}`,
  };
});

for (const [name, [command, ...args]] of Object.entries(RUNTIMES)) {
  test(`${name}: nothing left`, { timeout: 120_000 }, async () => {
    const env = { DENO_DIR: `${folder}/.deno`, DENO_NO_UPDATE_CHECK: "1" };
    const result = told(
      await runIn(folder, command, [...args, JSON.stringify(addresses)], { env }),
    );
    for (const which of ["nobody", "unknown"]) {
      const { message, ...rest } = result[which];
      assert.deepEqual(
        rest,
        { kind: "network", delivery: "not_sent", retryable: true, attempts: 2 },
        `${which}: ${message}`,
      );
    }
    const { message, ...rest } = result.untrusted;
    assert.deepEqual(
      rest,
      { kind: "network", delivery: "not_sent", retryable: false, attempts: 1 },
      message,
    );
  });
}

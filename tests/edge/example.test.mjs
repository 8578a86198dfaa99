// The example as a team finds it: its types hold, wrangler takes its configuration as it is, and `npm run dev` brings up a whole sender.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { EXAMPLE, install, tool } from "./lib/example.mjs";
import { until } from "./lib/sender.mjs";

const LEFT_OUT = ["node_modules", ".wrangler", ".dev.vars"];

let folder;
let sender;
before(async () => {
  await install();
  folder = mkdtempSync(join(tmpdir(), "edge-example-"));
  cpSync(EXAMPLE, folder, {
    recursive: true,
    filter: (path) => !LEFT_OUT.includes(basename(path)),
  });
  symlinkSync(join(EXAMPLE, "node_modules"), join(folder, "node_modules"), "junction");
});
after(async () => {
  if (sender?.exitCode === null) {
    // The group: wrangler starts workerd.
    process.kill(-sender.pid, "SIGKILL");
    await new Promise((resolve) => sender.once("exit", resolve));
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

test("tsc takes it, strictly", async () => {
  await tool("typescript", ["--project", EXAMPLE]);
});

test("`npm run dev` makes keys, starts a Graph and the sender, and its curl sends a message whose echo comes", async () => {
  if (!existsSync(join(folder, "public"))) {
    mkdirSync(join(folder, "public"));
    writeFileSync(join(folder, "public", "index.html"), "<!doctype html><title>-</title>");
  }
  const port = await freePort();
  sender = spawn(
    process.execPath,
    [join("scripts", "dev.mjs"), "--port", String(port), "--inspector-port", "0"],
    {
      cwd: folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CI: "1" },
    },
  );
  let output = "";
  for (const stream of [sender.stdout, sender.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  await until(() => {
    assert.equal(sender.exitCode, null, output);
    return output.includes("__graph/script");
  });
  const [, url] = /curl (http:\S+\/messages)/.exec(output);
  const [, authorization] = /-H 'Authorization: (.*?)'/.exec(output);
  const [, body] = /-d '(\{"page_id".*?)'/.exec(output);
  const headers = { Authorization: authorization, "Content-Type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body });
  assert.equal(response.status, 202);
  const { messages } = await response.json();
  await until(async () => {
    const view = await (await fetch(`${url}/${messages[0].id}`, { headers })).json();
    return view.status === "delivered";
  });
  const page = await fetch(new URL("/", url));
  assert.deepEqual(
    [page.status, page.headers.get("content-type")?.split(";")[0]],
    [200, "text/html"],
  );
  // Nobody else on the machine reads the secrets.
  assert.equal(statSync(join(folder, ".dev.vars")).mode & 0o077, 0);
});

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

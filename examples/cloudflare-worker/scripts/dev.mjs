// `npm run dev`: runs the complete sender on this machine. It creates keys and secrets once, in .dev.vars, starts a local Graph, and runs
// `wrangler dev`. Arguments after `--` are passed to wrangler: `npm run dev -- --port 9000`.
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startGraph } from "./graph.mjs";

const FOLDER = dirname(dirname(fileURLToPath(import.meta.url)));
const VARS = join(FOLDER, ".dev.vars");
const PAGES = ["1000000000000001", "1000000000000002"];
const KEY = /^# The key of this machine: (\S+)$/m;

const args = process.argv.slice(2);
const port = Number(args.includes("--port") ? args[args.indexOf("--port") + 1] : 8787);
if (!existsSync(VARS)) {
  writeFileSync(VARS, makeVars(), { mode: 0o600 });
}
const text = readFileSync(VARS, "utf8");
const vars = Object.fromEntries(
  [...text.matchAll(/^(\w+)=(['"]?)(.*)\2$/gm)].map(([, name, , value]) => [name, value]),
);
const graph = await startGraph({
  port: 0,
  tokens: Object.keys(vars)
    .filter((name) => name.startsWith("PAGE_TOKEN_"))
    .map((name) => vars[name]),
  appSecret: vars.APP_SECRET,
  webhook: `http://127.0.0.1:${port}/webhook`,
});
const wrangler = spawn(
  process.execPath,
  [
    join(FOLDER, "node_modules", "wrangler", "bin", "wrangler.js"),
    "dev",
    "--port",
    String(port),
    "--var",
    `GRAPH_URL:${graph.url}`,
    ...withoutPort(args),
  ],
  { cwd: FOLDER, stdio: "inherit", env: { WRANGLER_SEND_METRICS: "false", ...process.env } },
);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => wrangler.kill(signal));
}
wrangler.once("exit", (code) => {
  graph.close();
  process.exit(code ?? 0);
});
await answering(`http://127.0.0.1:${port}/metrics`);
const key = KEY.exec(text)?.[1] ?? "<your key>";
console.log(`
The sender runs at http://127.0.0.1:${port}, and a Graph of this machine at ${graph.url}.
The key is ${key} (in .dev.vars, with the secrets). Send a message:

  curl http://127.0.0.1:${port}/messages \\
    -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
    -d '{"page_id":"${PAGES[0]}","to":"7001002003004005","text":"hello, world"}'

Make the next send fail, so that it is unknown until its echo comes:

  curl ${graph.url}/__graph/script -d '{"step":"acceptThenReset"}'
`);

function makeVars() {
  const random = () => randomBytes(24).toString("base64url");
  const key = `key_${random()}`;
  const keys = [
    { name: "local", sha256: createHash("sha256").update(key).digest("hex"), pages: ["*"] },
  ];
  return [
    "# Made by `npm run dev`, for this machine only. Delete it, and the next start makes another.",
    `# The key of this machine: ${key}`,
    `API_KEYS='${JSON.stringify(keys)}'`,
    `APP_SECRET=${randomBytes(16).toString("hex")}`,
    `VERIFY_TOKEN=${random()}`,
    ...PAGES.map((page) => `PAGE_TOKEN_${page}=EAAB${random().replaceAll(/[-_]/g, "x")}`),
    "",
  ].join("\n");
}

function withoutPort(list) {
  const at = list.indexOf("--port");
  return at === -1 ? list : [...list.slice(0, at), ...list.slice(at + 2)];
}

/** Waits until the Worker answers, or wrangler exits, which prints its own error. */
async function answering(url) {
  while (wrangler.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

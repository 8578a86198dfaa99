// No secret of the environment reaches a program that the scripts run.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { it } from "node:test";
import { pathToFileURL } from "node:url";
import { at } from "../../scripts/lib/root.mjs";
import { ask, run } from "../../scripts/lib/run.mjs";
import { dropSecrets, isSecret } from "../../scripts/lib/secrets.mjs";
import { folderWith } from "./folder.mjs";

const SECRETS = {
  ACTIONS_ID_TOKEN_REQUEST_URL: "x",
  ANTHROPIC_API_KEY: "x",
  AWS_ACCESS_KEY_ID: "x",
  AWS_SESSION_TOKEN: "x",
  AZURE_CLIENT_SECRET: "x",
  CARGO_REGISTRY_TOKEN: "x",
  DATABASE_URL: "postgres://app:hunter2@db.example/app",
  DB_PASS: "x",
  GH_PAT: "x",
  GITHUB_TOKEN: "x",
  GOOGLE_APPLICATION_CREDENTIALS: "x",
  MY_APP_PASSWORD: "x",
  NODE_AUTH_TOKEN: "x",
  NPM_TOKEN: "x",
  PAGE_ACCESS_TOKEN: "x",
  PAGE_TOKEN: "x",
  SENTRY_DSN: "x",
  SIGNING_KEY: "x",
  SLACK_WEBHOOK_URL: "x",
  SSH_AUTH_SOCK: "x",
  app_secret: "x",
};

const SETTINGS = {
  CARGO_HOME: "/home/a/.cargo",
  CARGO_NET_OFFLINE: "true",
  CHROME: "/usr/bin/chromium",
  HOME: "/home/a",
  HTTPS_PROXY: "http://user:password@proxy.example:3128",
  KEYBOARD: "us",
  LANG: "C.UTF-8",
  NODE_EXTRA_CA_CERTS: "/etc/ca.pem",
  OLDPWD: "/",
  PAGE_ID: "1",
  PATH: "/bin",
  PKG_TARBALL: "/tmp/a.tgz",
  PORT: "4173",
  PWD: "/",
  RUSTUP_DIST_SERVER: "https://user:password@mirror.example",
  XDG_SESSION_ID: "1",
  https_proxy: "http://user:password@proxy.example:3128",
  "npm_config_//registry.example/:_authToken": "x",
  npm_config_registry: "https://user:password@registry.example",
};

it("tells secrets from settings", () => {
  const found = (env) => Object.keys(env).filter((name) => isSecret(name, env[name]));
  assert.deepEqual(found(SECRETS), Object.keys(SECRETS));
  assert.deepEqual(found(SETTINGS), []);
});

it("leaves the settings where they are", () => {
  const env = { ...SECRETS, ...SETTINGS };
  dropSecrets(env);
  assert.deepEqual(env, SETTINGS);
});

it("run and ask pass none on, save those that they are given", async () => {
  const print = ["-p", "process.env.PLANTED_TOKEN + ' ' + process.env.GRAPH_TOKEN"];
  process.env.PLANTED_TOKEN = "planted";
  try {
    assert.equal(ask(process.execPath, print), "undefined undefined");
    const env = { GRAPH_TOKEN: "given" };
    const { stdout } = await run(process.execPath, print, { quiet: true, env });
    assert.equal(stdout.trim(), "undefined given");
    assert.equal(ask(process.execPath, print, { env }), "undefined given");
  } finally {
    delete process.env.PLANTED_TOKEN;
  }
});

it("main takes them out of the script itself, whose build tools may look", async (context) => {
  const library = pathToFileURL(at("scripts", "lib", "run.mjs"));
  const folder = folderWith(context, {
    "script.mjs": `
      import { spawnSync } from "node:child_process";
      import { main } from "${library}";
      await main(() => {
        const child = spawnSync(process.execPath, ["-p", "JSON.stringify(process.env)"]);
        console.log(JSON.stringify([process.env, JSON.parse(child.stdout)]));
      });
    `,
  });
  const { stdout } = await run(process.execPath, [`${folder}/script.mjs`], {
    quiet: true,
    env: SECRETS,
  });
  for (const env of JSON.parse(stdout)) {
    assert.deepEqual(
      Object.keys(SECRETS).filter((name) => name in env),
      [],
    );
    assert.ok("PATH" in env);
  }
});

it("every script that starts anything runs inside main", () => {
  const scripts = readdirSync(at("scripts"))
    .filter((name) => name.endsWith(".mjs"))
    .filter((name) => readFileSync(at("scripts", name), "utf8").includes('from "./lib/'));
  assert.ok(scripts.includes("start.mjs") && scripts.includes("test.mjs"));
  for (const name of scripts) {
    assert.match(readFileSync(at("scripts", name), "utf8"), /^await main\(/m, name);
  }
});

it("only run.mjs starts programs", () => {
  const files = readdirSync(at("scripts"), { recursive: true }).filter((name) =>
    name.endsWith(".mjs"),
  );
  const starters = files.filter((name) =>
    readFileSync(at("scripts", name), "utf8").includes("node:child_process"),
  );
  assert.deepEqual(starters, ["lib/run.mjs"]);
});

// Links and code: what is taken away from the page says the same message again, and never a token.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import * as api from "../../pkg/node.js";
import { run, which } from "../../scripts/lib/run.mjs";
import { OUTPUTS } from "../../www/code/outputs.js";
import { EXAMPLES } from "../../www/examples/examples.js";
import { fromFragment, toFragment } from "../../www/model/share.js";
import { readPaste } from "../../www/paste/read.js";

const HOSTILE = 'it\'s "quoted" \\ $HOME `x` \u202Eשלום 👩‍👩‍👧\nline </script>';
const state = {
  platform: "instagram",
  request: {
    recipient: { id: "1" },
    message: {
      text: HOSTILE,
      quick_replies: [{ content_type: "text", "odd-name": 1, __proto__x: null }],
    },
  },
};
const printed = (id, request = state.request) =>
  OUTPUTS.find((output) => output.id === id).print({ ...state, request }, api);

describe("a link", () => {
  for (const [kind, options] of [
    ["m", {}],
    ["j", { Compression: null }],
  ]) {
    it(`gives the message back (${kind})`, async () => {
      const fragment = await toFragment(state, options);
      assert.match(fragment, new RegExp(`^${kind}=[\\w-]+$`));
      assert.deepEqual(await fromFragment(`#${fragment}`), state);
    });
  }

  it("is compressed", async () => {
    const long = { platform: "messenger", request: { message: { text: "tea ".repeat(400) } } };
    assert.ok((await toFragment(long)).length < 300);
  });

  it("of something else is none, and a broken one says so", async () => {
    assert.equal(await fromFragment("#compose"), undefined);
    assert.equal(await fromFragment(""), undefined);
    await assert.rejects(fromFragment("#m=AAAA"));
    await assert.rejects(fromFragment("#j=e30"), /holds no message/);
  });

  it("does not unpack without end", async () => {
    const bomb = await toFragment({ platform: "messenger", request: "0".repeat(3 * 1024 * 1024) });
    await assert.rejects(fromFragment(bomb), /too much/);
  });
});

describe("code", () => {
  it("in curl's words is the same request for a shell, and for the page", () => {
    const command = printed("curl");
    const body = execFileSync(
      "bash",
      ["-c", command.replace(/^curl/, 'last() { printf %s "${!#}"; }; last')],
      { encoding: "utf8" },
    );
    assert.deepEqual(JSON.parse(body), state.request);
    assert.deepEqual(readPaste(command).request, state.request);
    assert.match(command, /\$PAGE_ACCESS_TOKEN/);
  });

  for (const id of ["typescript", "fetch"]) {
    it(`in ${id} evaluates to the same request`, () => {
      const [, literal] =
        /(?:SendRequest = |JSON\.stringify\()([\s\S]*?)(?:;\n\nconst receipt|\),\n\}\);)/.exec(
          printed(id),
        );
      assert.deepEqual(new Function(`return ${literal}`)(), state.request);
    });
  }

  it("says the platform where it is not the usual one", () => {
    assert.match(printed("typescript"), /platform: "instagram"/);
  });

  it("never holds a token", () => {
    for (const { id } of OUTPUTS.filter(({ id }) => id !== "json"))
      assert.ok(!printed(id, { ...state.request, access_token: "EAAB" }).includes("EAAB"), id);
  });
});

// Each output is run by its own tool, with a stand-in for the library that would send: what that one is given is the request.
describe("code that is run", () => {
  // Where there is no such tool, there is nothing that could be said.
  const withTool = (tool, name, test) => {
    if (which(tool) !== undefined) it(name, test);
  };
  const folder = (context, files) => {
    const path = mkdtempSync(join(tmpdir(), "take-home-"));
    context.after(() => rmSync(path, { recursive: true, force: true }));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    }
    return path;
  };
  const env = { ...process.env, PAGE_ACCESS_TOKEN: "EAABtakehome" };
  const every = [state, ...EXAMPLES.map(({ platform, request }) => ({ platform, request }))];
  const print = (id, one) => OUTPUTS.find((output) => output.id === id).print(one, api);

  it("as a draft builds the same request, for every example", async () => {
    for (const one of EXAMPLES) {
      const text = print("draft", one);
      const [, argument] = /buildMessage\(([\s\S]*?)\);\n\nconst receipt/.exec(text) ?? [];
      assert.ok(argument, `${one.id}: ${text}`);
      assert.deepEqual(
        new Function("buildMessage", `return buildMessage(${argument})`)(api.buildMessage),
        one.request,
        one.id,
      );
    }
  });

  it("as a draft is shorter than the request, and says where there is none", () => {
    const text = print(
      "draft",
      EXAMPLES.find(({ id }) => id === "text"),
    );
    assert.match(
      text,
      /buildMessage\(\{\s+to: "7001002003004005",\s+text: "Hello! Your kettle[^"]*",?\s+\}\)/,
    );
    assert.match(
      print("draft", { platform: "messenger", request: { message: 5 } }),
      /has no draft/,
    );
  });

  withTool("python3", "in Python posts it with requests", (context) => {
    const stub = `import json\nclass Answer:\n    status_code = 200\n    def json(self): return {}\ndef post(url, headers, json, timeout):\n    import json as j, sys\n    print(j.dumps([url, headers, json]), file=sys.stderr)\n    return Answer()\n`;
    const path = folder(context, {
      "requests.py": stub,
      ...Object.fromEntries(every.map((one, n) => [`message${n}.py`, print("python", one)])),
    });
    const all = every
      .map(
        (_, n) =>
          `exec(compile(open("message${n}.py", encoding="utf-8").read(), "message${n}.py", "exec"))`,
      )
      .join("\n");
    writeFileSync(join(path, "all.py"), all);
    const done = spawnSync("python3", ["all.py"], { cwd: path, env, encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
    const posted = done.stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      posted.map(([, , request]) => request),
      every.map(({ request }) => request),
    );
    assert.deepEqual(posted[0].slice(0, 2), [
      "https://graph.facebook.com/v25.0/me/messages",
      { Authorization: "Bearer EAABtakehome" },
    ]);
  });

  withTool("php", "in PHP posts it with curl", (context) => {
    for (const [n, one] of every.entries()) {
      const path = folder(context, {
        "message.php": print("php", one).replace(
          /\$curl = [\s\S]*$/,
          "echo json_encode($request, JSON_THROW_ON_ERROR);",
        ),
      });
      execFileSync("php", ["-l", join(path, "message.php")]);
      assert.deepEqual(
        JSON.parse(execFileSync("php", [join(path, "message.php")], { encoding: "utf8" })),
        one.request,
        String(n),
      );
    }
  });

  withTool("cargo", "in Rust compiles, and posts it with reqwest", async (context) => {
    const serde = /name = "serde_json"\nversion = "([^"]+)"/.exec(
      readFileSync(new URL("../../Cargo.lock", import.meta.url), "utf8"),
    )[1];
    // Only what the code calls: a client that prints what it was to post.
    const stub = `pub mod blocking { pub struct Client; pub struct Request(String); pub struct Response;
      impl Client { pub fn new() -> Self { Client } pub fn post(&self, url: &str) -> Request { Request(url.to_owned()) } }
      impl Request { pub fn bearer_auth(self, token: String) -> Self { Request(format!("{} {token}", self.0)) }
        pub fn json(self, value: &serde_json::Value) -> Self { println!("{} {value}", self.0); self }
        pub fn send(self) -> Result<Response, std::fmt::Error> { Ok(Response) } }
      impl Response { pub fn status(&self) -> u16 { 200 } pub fn text(self) -> Result<String, std::fmt::Error> { Ok(String::new()) } } }`;
    const some = [
      state,
      ...EXAMPLES.filter(({ id }) => ["receipt", "react", "sticker"].includes(id)),
    ];
    const path = folder(context, {
      "Cargo.toml": `[package]\nname = "take-home"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\nserde_json = "=${serde}"\nreqwest = { path = "reqwest" }\n[workspace]\n`,
      "reqwest/Cargo.toml": `[package]\nname = "reqwest"\nversion = "0.12.0"\nedition = "2021"\n[dependencies]\nserde_json = "=${serde}"\n`,
      "reqwest/src/lib.rs": stub,
      ...Object.fromEntries(some.map((one, n) => [`src/bin/message${n}.rs`, print("rust", one)])),
    });
    const built = await run("cargo", ["build", "--offline", "--quiet", "--bins"], {
      cwd: path,
      quiet: true,
      env: { CARGO_TARGET_DIR: join(path, "target"), RUSTFLAGS: "-Cdebuginfo=0" },
    });
    assert.equal(built.code, 0, built.output);
    for (const [n, { request }] of some.entries()) {
      const [url, token, ...json] = execFileSync(join(path, "target", "debug", `message${n}`), {
        env,
        encoding: "utf8",
      })
        .split("\n")[0]
        .split(" ");
      assert.deepEqual(
        [url, token],
        ["https://graph.facebook.com/v25.0/me/messages", "EAABtakehome"],
      );
      assert.deepEqual(JSON.parse(json.join(" ")), request);
    }
  });

  it("for Postman is a collection whose body is the request", () => {
    for (const one of every) {
      const { info, item } = JSON.parse(print("postman", one));
      assert.equal(
        info.schema,
        "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
      );
      const [{ request }] = item;
      assert.equal(request.method, "POST");
      assert.equal(
        `${request.url.protocol}://${request.url.host.join(".")}/${request.url.path.join("/")}`,
        request.url.raw,
      );
      assert.deepEqual(JSON.parse(request.body.raw), one.request);
    }
  });
});

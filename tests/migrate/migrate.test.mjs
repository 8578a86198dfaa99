// Runs each pair in docs/migrate.md against the local Graph: the old client and this package must
// send the same.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { installLocked } from "../../scripts/lib/install.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { startGraph } from "../local-graph/server.mjs";
import { installed } from "../package/lib/project.mjs";

const TOKEN = "EAABtesttoken";
const OTHER_TOKEN = "EAABothertoken";
const PSID = "7001002003004005";
const APP_SECRET = "0123456789abcdef0123456789abcdef";
const MESSAGE = {
  sender: { id: PSID },
  recipient: { id: "1234567890" },
  timestamp: 1_700_000_000_000,
  message: { mid: "m_1", text: "Hello" },
};
const BODY = JSON.stringify({
  object: "page",
  entry: [{ id: "1234567890", time: 1_700_000_000_000, messaging: [MESSAGE] }],
});
const HEADER = `sha256=${createHmac("sha256", APP_SECRET).update(BODY).digest("hex")}`;
const LIMIT = { timeout: 30_000 };

/** The pairs of the page: [heading, before, after]. */
function pairs() {
  const found = [];
  const page = readFileSync(at("docs", "migrate.md"), "utf8");
  for (const section of page.split(/^### /m).slice(1)) {
    const [heading] = section.split("\n", 1);
    const blocks = [...section.matchAll(/^```js\n\/\/ (before|after)\n([\s\S]*?)^```$/gm)];
    assert.ok(
      blocks.length === 0 || blocks.map(([, when]) => when).join() === "before,after",
      heading,
    );
    if (blocks.length > 0) {
      found.push([heading, ...blocks.map(([, , code]) => code)]);
    }
  }
  return found;
}

let own, bottender, warriorteam;
before(async () => {
  const peers = createRequire(
    join(await installLocked(fileURLToPath(new URL(".", import.meta.url)), "migrate"), "main.js"),
  );
  bottender = peers("messaging-api-messenger");
  warriorteam = peers("@warriorteam/messenger-sdk");
  const [api, webhook] = await installed("webhook");
  own = { ...api, ...webhook };
});

/** The names that the code of a pair can use, besides the clients. */
function surroundings(url) {
  const baseUrl = url;
  const origin = url;
  return {
    before: {
      client: new bottender.MessengerClient({ accessToken: TOKEN, origin }),
      messenger: new warriorteam.Messenger({ accessToken: TOKEN, baseUrl }),
      ...warriorteam,
      MessengerBatch: bottender.MessengerBatch,
    },
    after: { client: own.createClient({ accessToken: TOKEN, baseUrl }), ...own },
    both: { PSID, OTHER_TOKEN, APP_SECRET, body: BODY, header: HEADER },
  };
}

async function runCode(code, names) {
  const all = { ...names, answers: [], results: [] };
  const run = new (async () => {}).constructor(...Object.keys(all), code);
  await run(...Object.values(all));
  return all.answers;
}

/** What arrived at Graph: calls and their parameters, with those of a batch separated. */
function arrived(graph) {
  return graph.requests.flatMap(({ path, params, files, headers }) => {
    const token = params.access_token ?? /^Bearer (.*)$/.exec(headers.authorization ?? "")?.[1];
    if (params.batch !== undefined) {
      return params.batch.map(({ relative_url: address, body }) =>
        callOf(`/${address}`, Object.fromEntries(new URLSearchParams(body)), {}, token),
      );
    }
    return [callOf(path, params, files, token)];
  });
}

function callOf(path, params, files, token) {
  const { access_token: _, ...rest } = params;
  const decoded = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, decode(value)]),
  );
  const file = files.filedata && {
    filename: files.filedata.filename,
    sha256: files.filedata.sha256,
  };
  return {
    edge: path.split("?")[0].split("/").at(-1),
    params: decoded,
    ...(file && { file }),
    token,
  };
}

function decode(value) {
  return typeof value === "string" && value.startsWith("{") ? JSON.parse(value) : value;
}

/** Without `messaging_type`, whose default differs. */
function comparable({ params: { messaging_type: _, ...params }, ...call }) {
  return { ...call, params };
}

const PAIRS = pairs();
test("the page has its pairs", () => assert.ok(PAIRS.length >= 19, `${PAIRS.length}`));

for (const [heading, old, code] of PAIRS) {
  test(heading, LIMIT, async () => {
    const graph = await startGraph({ token: [TOKEN, OTHER_TOKEN] });
    try {
      const { before: olds, after: news, both } = surroundings(graph.url);
      const oldAnswers = await runCode(old, { ...olds, ...both });
      const wanted = arrived(graph).map(comparable);
      assert.deepEqual(graph.refused, []);
      graph.reset();
      const newAnswers = await runCode(code, { ...news, ...both });
      assert.deepEqual(graph.refused, []);
      assert.deepEqual(arrived(graph).map(comparable), wanted);
      assert.deepEqual(newAnswers, oldAnswers);
      assert.ok(wanted.length + oldAnswers.length > 0, "the pair does nothing");
    } finally {
      await graph.close();
    }
  });
}

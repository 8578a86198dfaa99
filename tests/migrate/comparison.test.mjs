// The comparison in README.md, cell by cell: what each client does here, against the local Graph,
// is what the table says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { installLocked } from "../../scripts/lib/install.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { startGraph } from "../local-graph/server.mjs";
import { error, halfJson, okWithError, silence, stall } from "../local-graph/steps.mjs";
import { installed } from "../package/lib/project.mjs";
import { sendFromPage } from "./browser.mjs";
import { ILLEGAL, TEXT, TWO_MISTAKES } from "./illegal.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const TOKEN = "EAABcomparisontesttoken";
const LIMIT = { timeout: 120_000 };
/**
 * Timers below this (a peer's pauses between its attempts) are due at once; longer ones are
 * deadlines, which a test fires.
 */
const SHORT_MS = 10_000;
/** How often the event loop turns before something counts as never happening. */
const TURNS = 300;

const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout, fetch: realFetch } = globalThis;

let own, bottender, warriorteam, peersFolder;
before(async () => {
  peersFolder = await installLocked(HERE, "migrate");
  const peers = createRequire(join(peersFolder, "main.js"));
  bottender = peers("messaging-api-messenger");
  warriorteam = peers("@warriorteam/messenger-sdk");
  own = await installed();
});

// --- The clients. Each sends with its most specific function, since that is where a client checks.

const OWN = {
  name: "messenger-send",
  send: (request, baseUrl) => own.send(request, { accessToken: TOKEN, baseUrl, timeoutMs: 20_000 }),
  usesFetch: true,
};

const BOTTENDER = {
  name: "messaging-api-messenger",
  send(request, origin) {
    const client = new bottender.MessengerClient({ accessToken: TOKEN, origin });
    const { recipient, message, ...options } = request;
    if (message === undefined) {
      return client.sendRawBody(request);
    }
    const payload = message.attachment?.payload;
    switch (payload?.template_type) {
      case "generic":
        return client.sendGenericTemplate(recipient, payload.elements, options);
      case "button":
        return client.sendButtonTemplate(recipient, payload.text, payload.buttons, options);
      case "media":
        return client.sendMediaTemplate(recipient, payload.elements, options);
      default:
    }
    const { text, quick_replies: quickReplies, ...rest } = message;
    return text !== undefined && Object.keys(rest).length === 0
      ? client.sendText(recipient, text, { ...options, ...(quickReplies && { quickReplies }) })
      : client.sendMessage(recipient, message, options);
  },
  usesFetch: false,
};

const WARRIORTEAM = {
  name: "@warriorteam/messenger-sdk",
  send(request, baseUrl) {
    const messenger = new warriorteam.Messenger({ accessToken: TOKEN, baseUrl, timeout: 20_000 });
    const { message, ...envelope } = request;
    const { template_type: type, elements, ...payload } = message?.attachment?.payload ?? {};
    switch (type) {
      case "generic":
        return messenger.templates.generic({ ...envelope, ...payload, elements });
      case "button":
        return messenger.templates.button({ ...envelope, ...payload });
      case "media":
        return messenger.templates.media({ ...envelope, ...payload, element: elements[0] });
      default:
        return messenger.send.message(request);
    }
  },
  usesFetch: true,
};

const CLIENTS = [OWN, BOTTENDER, WARRIORTEAM];

// --- The rows. Each computes its cell for a client.

const ROWS = {
  "Stops illegal messages before the network": async (client) => {
    let stopped = 0;
    for (const [name, request] of Object.entries(ILLEGAL)) {
      const { result, graph } = await sent(client, { request });
      const isStopped = graph.requests.length === 0;
      assert.ok(isStopped || client !== OWN, name);
      if (isStopped) {
        assert.match(result.error.name, /ValidationError$/, name);
      }
      stopped += isStopped ? 1 : 0;
    }
    return `${stopped} of ${Object.keys(ILLEGAL).length}`;
  },

  "Reports, of two mistakes in one message": async (client) => {
    const { result, graph } = await sent(client, { request: TWO_MISTAKES });
    if (graph.requests.length > 0) {
      return "none";
    }
    const issues = result.error.issues?.filter(({ severity }) => severity === "error");
    return issues?.length === 2 ? "both" : "the first";
  },

  "Error object in a `200` response": async (client) => {
    const step = okWithError({ code: 551, subcode: 1545041 });
    return (await sent(client, { step })).result.error === undefined ? "success" : "error";
  },

  "Response that breaks off": async (client) => {
    const { result, graph } = await sent(client, { step: halfJson() });
    return `${verdict(result)}, ${sends(graph)}`;
  },

  "No response, although the message arrived": async (client) => {
    const { result, graph } = await sent(client, { step: silence() });
    return result === undefined ? "waits for ever" : `${verdict(result)}, ${sends(graph)}`;
  },

  "Response whose body stalls": async (client) => {
    const { result } = await sent(client, { step: stall(), stalls: true });
    return result === undefined ? "waits for ever" : verdict(result);
  },

  "Access token": async (client) => {
    const { result, graph } = await sent(client, { step: error({ code: 100 }) });
    const url = JSON.stringify(graph.requests.map(({ path, query }) => [path, query]));
    const places = [
      ...(url.includes(TOKEN) ? ["URL"] : ["request body"]),
      ...(shown(result.error).includes(TOKEN) ? ["errors"] : []),
    ];
    return `in ${places.join(" and ")}`;
  },

  "Sends from a browser": async (client) =>
    (await sendFromPage(client.name, peersFolder, TOKEN)) ? "yes" : "no",
};

/** Everything that a log could show of an error. */
function shown(thrown) {
  return `${inspect(thrown, { depth: 20, showHidden: true })} ${thrown.stack} ${safeJson(thrown)}`;
}

function safeJson(value) {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

function verdict({ error: thrown, value }) {
  return thrown === undefined && value !== undefined ? "success" : (thrown.delivery ?? "error");
}

function sends(graph) {
  return graph.accepted.length === 1 ? "sent once" : `sent ${graph.accepted.length} times`;
}

/**
 * Sends a message while every request is answered with the step. Fires the client's deadlines as
 * soon as the request has arrived, or, where the answer `stalls`, its headers have.
 * @returns {Promise<{ result: { value?: unknown, error?: any } | undefined, graph: object }>} no
 * result where the send can never settle
 */
async function sent(client, { request = TEXT, step, stalls = false }) {
  const graph = await startGraph({ token: TOKEN });
  if (step !== undefined) {
    graph.script(() => step);
  }
  const timers = interceptTimers();
  let answered = 0;
  globalThis.fetch = async (...args) => {
    const response = await realFetch(...args);
    answered += 1;
    return response;
  };
  let result;
  try {
    outcome(client, request, graph.url).then((settled) => (result = settled));
    const hasCome = () => (stalls && client.usesFetch ? answered : graph.requests.length);
    for (let fired = 0; ; fired = hasCome()) {
      await turnsUntil(() => result !== undefined || hasCome() > fired);
      if (result !== undefined || timers.fire() === 0) {
        break;
      }
    }
    await turnsUntil(() => result !== undefined);
    const { requests, accepted } = graph;
    return { result, graph: { requests: [...requests], accepted: [...accepted] } };
  } finally {
    // A send that still waits ends with its connection.
    await graph.close();
    await turnsUntil(() => result !== undefined);
    globalThis.fetch = realFetch;
    timers.restore();
  }
}

async function outcome(client, request, url) {
  try {
    return { value: await client.send(request, url) };
  } catch (thrown) {
    return { error: thrown };
  }
}

/** Waits for a condition, for a bounded number of turns of the event loop. */
async function turnsUntil(condition) {
  for (let turn = 0; turn < TURNS && !condition(); turn += 1) {
    await new Promise((resolve) => realSetTimeout(resolve, 1));
  }
}

function interceptTimers() {
  const deadlines = new Map();
  globalThis.setTimeout = (callback, ms = 0, ...args) => {
    if (ms < SHORT_MS) {
      return realSetTimeout(callback, 0, ...args);
    }
    const id = { ref: () => id, unref: () => id, hasRef: () => true };
    deadlines.set(id, () => callback(...args));
    return id;
  };
  globalThis.clearTimeout = (id) => {
    if (!deadlines.delete(id)) {
      realClearTimeout(id);
    }
  };
  return {
    /** Fires every deadline that is set; how many there were. */
    fire() {
      const due = [...deadlines.values()];
      deadlines.clear();
      for (const callback of due) {
        callback();
      }
      return due.length;
    },
    restore() {
      Object.assign(globalThis, { setTimeout: realSetTimeout, clearTimeout: realClearTimeout });
    },
  };
}

// --- The table.

const TABLE = readTable();

/** The table of README.md: the cells of a row by its first cell. */
function readTable() {
  const page = readFileSync(at("README.md"), "utf8");
  const [, section] = page.split("<!-- comparison -->");
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test("the table has these clients, in the versions that are installed", () => {
  const { dependencies } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));
  const wanted = CLIENTS.map(({ name }) => [name, dependencies[name]].filter(Boolean).join(" "));
  const [head] = TABLE;
  assert.deepEqual(
    head.slice(1).map((cell) => cell.replaceAll("`", "").replace(/\[(.*)\]\(.*\)/, "$1")),
    wanted,
  );
});

test("the table has these rows", () => {
  assert.deepEqual(
    TABLE.slice(2).map(([row]) => row),
    Object.keys(ROWS),
  );
});

for (const [row, ...cells] of TABLE.slice(2)) {
  describe(row, () => {
    for (const [index, client] of CLIENTS.entries()) {
      test(client.name, LIMIT, async () => {
        assert.equal(await ROWS[row]?.(client), cells[index]);
      });
    }
  });
}

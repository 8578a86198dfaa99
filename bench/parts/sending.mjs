// Sends to the local Graph in another process, compared to bare `fetch` with the same body, and to
// the peers.
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Messenger } from "@warriorteam/messenger-sdk";
import { at } from "../../scripts/lib/root.mjs";
import { must } from "../../scripts/lib/run.mjs";
import { interleaveAsync, median, ratio } from "../lib/interleave.mjs";
import { digits, table, times } from "../lib/markdown.mjs";
import { pools } from "../lib/pool.mjs";
import { sample } from "../payloads.mjs";
import { accepted, senders } from "../senders.mjs";

const { MessengerClient } = createRequire(import.meta.url)("messaging-api-messenger");
const SIZES = ["100 B", "4 KB"];
const ROUNDS = 800;
const OURS = "send";
const BARE = "fetch, same body";
/** A run: the design's 5,000 messages without a rate, as many at a time as is the default. */
const RUN = { messages: 5_000, concurrency: 100, rounds: 7 };

export const title = "Sending";

export async function measure({ api, graph, packageFile }) {
  const here = await singly(api, graph);
  const node24 = await inNode24(packageFile, graph);
  const run = await many(api, graph);
  return {
    text: [here.text, node24.text, run.text].join("\n\n"),
    aims: [...here.aims, ...node24.aims, ...run.aims],
  };
}

/** One message after the other, beside the peers. */
async function singly(api, graph) {
  const rows = [];
  for (const size of SIZES) {
    const { value } = sample(size);
    rows.push({
      size,
      times: await interleaveAsync(await everySender(api, graph, value), {
        rounds: ROUNDS,
        warmUps: 100,
      }),
    });
  }
  const names = Object.keys(rows[0].times);
  return {
    text: table(
      ["us a message, median of many, one after the other", OURS, `of ${BARE}`, ...names.slice(1)],
      rows.map((row) => [
        row.size,
        digits(row.times[OURS].median),
        `**${times(ratio(row.times[OURS], row.times[BARE]))}**`,
        ...names.slice(1).map((name) => digits(row.times[name].median)),
      ]),
    ),
    aims: rows.map((row) => ({
      what: `\`send\`, ${row.size}, of bare \`fetch\` with the same body`,
      most: 1.4,
      aim: 1.15,
      is: ratio(row.times[OURS], row.times[BARE]),
    })),
  };
}

/** The same in a process of Node 24, without the peers. */
async function inNode24(packageFile, graph) {
  const { stdout } = await must(
    "the process of Node 24 failed: look at its message above.",
    at("node_modules", "node24", "bin", "node"),
    [
      fileURLToPath(new URL("../pages/sending.mjs", import.meta.url)),
      pathToFileURL(packageFile("node.js")).href,
      graph.url,
      graph.token,
    ],
    { quiet: true },
  );
  const { rows, own } = JSON.parse(stdout);
  return {
    text: [
      table(
        ["in Node 24, us a message", OURS, `of ${BARE}`],
        rows.map((row) => [row.size, digits(row.us), `**${times(row.ratio)}**`]),
      ),
      table(
        [
          "with a `fetch` that answers at once",
          "us of CPU a message that the package itself takes",
        ],
        own.map(({ what, us }) => [what, digits(us)]),
      ),
    ].join("\n\n"),
    aims: rows.map((row) => ({
      what: `\`send\`, ${row.size}, of bare \`fetch\` with the same body, in Node 24`,
      most: 1.4,
      aim: 1.15,
      is: row.ratio,
    })),
  };
}

/** `sendAll` beside a pool of bare `fetch`: how long a run takes, and what it costs of this process. */
async function many(api, graph) {
  const { ours, bare } = await pools(api, graph, { value: sample("100 B").value, ...RUN });
  const ratioOf = (figure) => median(ours[figure].map((is, round) => is / bare[figure][round]));
  const row = (name, { ms, cpu }) => [
    name,
    digits((RUN.messages * 1000) / median(ms)),
    digits((median(cpu) * 1000) / RUN.messages),
  ];
  return {
    text: table(
      [
        `${RUN.messages} messages, no rate, ${RUN.concurrency} at a time`,
        "messages a second",
        "us of CPU a message",
      ],
      [
        row("sendAll", ours),
        row("a pool of fetch", bare),
        ["ratio", `**${times(1 / ratioOf("ms"))}**`, `**${times(ratioOf("cpu"))}**`],
      ],
    ),
    aims: [
      {
        what: "time of `sendAll`, of a pool of bare `fetch` (0.9 of its messages a second)",
        most: 1 / 0.9,
        is: ratioOf("ms"),
      },
      {
        what: "CPU of `sendAll` a message, of a pool of bare `fetch`",
        most: 1.15,
        is: ratioOf("cpu"),
      },
    ],
  };
}

async function everySender(api, graph, value) {
  const { ours, bare } = await senders(api, graph, value);
  const warriorteam = new Messenger({
    accessToken: graph.token,
    version: "v25.0",
    baseUrl: graph.url,
  });
  const client = new MessengerClient({
    accessToken: graph.token,
    version: "25.0",
    origin: graph.url,
  });
  return {
    [OURS]: ours,
    [BARE]: bare,
    "@warriorteam/messenger-sdk": async () => accepted(await warriorteam.send.message(value)),
    // It renames the members of what it receives.
    "messaging-api-messenger": async () =>
      accepted({ message_id: (await client.sendRawBody(value)).messageId }),
  };
}

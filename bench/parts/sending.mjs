// Sends to the local Graph in another process, compared to bare `fetch` with the same body, and to
// the peers.
import { createRequire } from "node:module";
import { Messenger } from "@warriorteam/messenger-sdk";
import { interleaveAsync, ratio } from "../lib/interleave.mjs";
import { digits, table, times } from "../lib/markdown.mjs";
import { sample } from "../payloads.mjs";
import { accepted, senders } from "../senders.mjs";

const { MessengerClient } = createRequire(import.meta.url)("messaging-api-messenger");
const SIZES = ["100 B", "4 KB"];
const ROUNDS = 800;
const OURS = "send";
const BARE = "fetch, same body";

export const title = "Sending";

export async function measure({ api, graph }) {
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

// Builds a message from a draft, compared to the builders of the peers with JSON.stringify.
import { createRequire } from "node:module";
import { Messenger as Client } from "@warriorteam/messenger-sdk";
import { interleave, interleaveAsync, ratio } from "../lib/interleave.mjs";
import { digits, table, times } from "../lib/markdown.mjs";
import { draft, sample } from "../payloads.mjs";

const require = createRequire(import.meta.url);
const { Messenger } = require("messaging-api-messenger");
const { camelcaseKeysDeep } = require("messaging-api-common");

const SIZES = ["100 B", "1 KB", "4 KB", "40 KB"];
const CALLS = 50;
const OURS = "buildMessage";
const OTHER = "messaging-api-messenger + JSON.stringify";
const BY_HAND = "an object literal + JSON.stringify";

export const title = "Building";

export async function measure({ api }) {
  const rows = SIZES.map((size) => ({
    size,
    times: interleave(builders(api, size), { rounds: 30 }),
  }));
  const client = await besideClient(api);
  const of = ({ times: found }, theirs) => ratio(found[OURS], found[theirs]);
  return {
    text: [
      "`buildMessage` also validates the request; the other builders do not. The builder of messaging-api-messenger leaves member names in camel case,",
      "and its client renames them later, which is not measured here.",
      "",
      table(
        ["us a message", OURS, `of ${OTHER}`, OTHER, BY_HAND],
        rows.map((row) => [
          row.size,
          digits(row.times[OURS].median),
          `**${times(of(row, OTHER))}**`,
          digits(row.times[OTHER].median),
          digits(row.times[BY_HAND].median),
        ]),
      ),
      "",
      "`@warriorteam/messenger-sdk` has no separate builder, so its `send.message` is measured with a `fetch` that answers at once.",
      "",
      client,
    ].join("\n"),
    aims: rows.map((row) => ({
      what: `\`buildMessage\`, ${row.size}, of the peer's builder + \`JSON.stringify\``,
      most: 1,
      is: of(row, OTHER),
    })),
  };
}

/** A client that cannot build without sending. Many calls per turn, since each is short. */
async function besideClient(api) {
  const client = new Client({
    accessToken: "EAABbench",
    version: "v25.0",
    baseUrl: "https://graph.invalid",
  });
  const original = globalThis.fetch;
  globalThis.fetch = async () => new Response('{"recipient_id":"1","message_id":"m_1"}');
  const many = (call) => async () => {
    for (let left = CALLS; left > 0; left -= 1) {
      await call();
    }
  };
  try {
    const rows = [];
    for (const size of ["100 B", "4 KB"]) {
      const { value } = sample(size);
      const short = draft(size);
      const { ours, theirs } = await interleaveAsync(
        {
          ours: many(() => JSON.stringify(api.buildMessage(short))),
          theirs: many(() => client.send.message(value)),
        },
        { rounds: 60, warmUps: 10 },
      );
      rows.push([
        size,
        digits(ours.median / CALLS),
        digits(theirs.median / CALLS),
        times(ratio(ours, theirs)),
      ]);
    }
    return table(
      ["us a message", "buildMessage + JSON.stringify", "its send.message", "ratio"],
      rows,
    );
  } finally {
    globalThis.fetch = original;
  }
}

function builders(api, size) {
  const short = draft(size);
  const { value } = sample(size);
  const { text, attachment, quickReplies } = camelcaseKeysDeep(value.message);
  const options = { quickReplies };
  const kind = attachment?.payload.templateType;
  const create = {
    undefined: () => Messenger.createText(text, options),
    generic: () => Messenger.createGenericTemplate(attachment.payload.elements, options),
    receipt: () => Messenger.createReceiptTemplate(attachment.payload, options),
  }[kind];
  const { to, template, ...rest } = short;
  return {
    [OURS]: () => api.buildMessage(short),
    [OTHER]: () =>
      JSON.stringify({ recipient: { id: to }, messagingType: "RESPONSE", message: create() }),
    [BY_HAND]: () =>
      JSON.stringify({
        recipient: { id: to },
        messaging_type: "RESPONSE",
        message: {
          ...rest,
          ...(template !== undefined && { attachment: { type: "template", payload: template } }),
        },
      }),
  };
}

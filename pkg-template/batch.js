// Graph's batch requests: several messages in one HTTP request, each with an answer of its own.
// https://developers.facebook.com/docs/graph-api/batch-requests
import { headersOf } from "./answer.js";
import { outcomeOf } from "./exchange.js";

/** Graph takes no more in one batch. */
export const MAX_BATCH = 50;
/** How a body was read, as `readAnswer` of the core takes it. */
const WHOLE = 0;
const UNREADABLE = 2;
const encoder = new TextEncoder();

/**
 * One request for all the messages, of which no two may go to one recipient: Graph carries them out at the same time.
 * @param {{ plan: object, item: string, progress: object }[]} messages `item` is the message's form without the token
 * @param {object} settings with the encoding left out: a batch is always a form
 * @returns {Promise<object[]>} what became of each, as `outcomeOf` has it
 */
export async function attemptBatch(core, messages, settings, interrupt) {
  const shared = { attempts: 0, sent: 0 };
  let conclude;
  // Stands in for the core in the exchange, because what comes back says something else for each message.
  const reader = {
    ...core,
    readAnswer(options, attempts, sent, status, headers, bytes, reading, now, random) {
      const items = reading === WHOLE ? listOf(bytes) : undefined;
      conclude = (progress, index) => {
        if (items === undefined) {
          // The batch as a whole was refused, or nobody can tell what became of it.
          return core.readAnswer(options, progress.attempts, progress.sent, status, headers, bytes, reading, now, random);
        }
        const item = items[index];
        if (item === null || item === undefined) {
          const detail = "Graph did not finish this item of the batch";
          return core.readTrouble(options, progress.attempts, progress.sent, "no_answer", detail, status, random);
        }
        return core.readAnswer(options, progress.attempts, progress.sent, ...answerOf(item), now, random);
      };
      return "{}";
    },
    readTrouble(options, attempts, sent, word, detail, status, random) {
      conclude = (progress) => core.readTrouble(options, progress.attempts, progress.sent, word, detail, status, random);
      return '{"error":{}}';
    },
  };
  const { error } = await outcomeOf(reader, planOf(messages, settings), settings, interrupt, shared);
  return messages.map(({ progress }, index) => {
    progress.attempts += shared.attempts;
    const outcome = JSON.parse(conclude(progress, index));
    if (error?.cause !== undefined) {
      outcome.error.cause = error.cause;
    }
    return outcome;
  });
}

function planOf(messages, { options }) {
  const [{ plan }] = messages;
  const [page, edge] = plan.url.split("/").slice(-2);
  const path = `${page}/${edge}`;
  const batch = JSON.stringify(messages.map(({ item }) => ({ method: "POST", relative_url: path, body: item })));
  const body = new URLSearchParams({ access_token: JSON.parse(options).accessToken, batch }).toString();
  return { ...plan, url: plan.url.slice(0, -path.length), body };
}

function listOf(bytes) {
  try {
    const list = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

/** Status, headers, body and reading of an item's answer, as the core takes those of a request of its own. */
function answerOf({ code, headers, body }) {
  const valueOf = (name) => headers.find((header) => String(header?.name).toLowerCase() === name)?.value;
  const isText = typeof body === "string";
  return [
    Number.isInteger(code) && code >= 0 && code < 1000 ? code : 0,
    headersOf({ headers: { get: valueOf } }),
    encoder.encode(isText ? body : ""),
    isText ? WHOLE : UNREADABLE,
  ];
}

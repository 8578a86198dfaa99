// Graph's batch requests: several messages in one HTTP request, each with an answer of its own.
// https://developers.facebook.com/docs/graph-api/batch-requests
import { headersOf } from "./answer.js";
import { outcomeOf } from "./exchange.js";

/** Graph takes no more in one batch. */
export const MAX_BATCH = 50;
/** How a body was read, as the core takes it. */
const WHOLE = 0;
const UNREADABLE = 2;
const encoder = new TextEncoder();

/**
 * One request for all the messages, of which no two may go to one recipient: Graph carries them out at the same time.
 * @param {{ plan: object, progress: object }[]} messages whose plans were written as those of items
 * @param {object} settings with the encoding left out: a batch is always a form
 * @returns {Promise<object[]>} what became of each, as `outcomeOf` has it
 */
export async function attemptBatch(core, messages, settings, interrupt) {
  const shared = { attempts: 0, sent: 0 };
  let conclude;
  // Stands in for the core in the exchange, because what comes back says something else for each message.
  const reader = {
    ...core,
    readAnswer(options, facts, bytes) {
      const items = facts.reading === WHOLE ? listOf(bytes) : undefined;
      conclude = (progress, index) => {
        if (items === undefined) {
          // The batch as a whole was refused, or nobody can tell what became of it.
          return core.readAnswer(options, { ...facts, ...progress }, bytes);
        }
        const item = items[index];
        if (item === null || item === undefined) {
          const detail = "Graph did not finish this item of the batch";
          return core.readTrouble(options, { ...facts, ...progress, detail }, "no_answer");
        }
        const { body, ...answer } = answerOf(item);
        return core.readAnswer(options, { ...facts, ...progress, ...answer }, body);
      };
      return "{}";
    },
    readTrouble(options, facts, word) {
      conclude = (progress) => core.readTrouble(options, { ...facts, ...progress }, word);
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
  const batch = JSON.stringify(messages.map(({ plan }) => ({ method: "POST", relative_url: path, body: plan.body })));
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

/** An item's answer, as the core takes that of a request of its own. */
function answerOf({ code, headers, body }) {
  const valueOf = (name) => headers.find((header) => String(header?.name).toLowerCase() === name)?.value;
  const isText = typeof body === "string";
  return {
    status: Number.isInteger(code) && code >= 0 && code < 1000 ? code : 0,
    headers: headersOf({ headers: { get: valueOf } }),
    body: encoder.encode(isText ? body : ""),
    reading: isText ? WHOLE : UNREADABLE,
  };
}

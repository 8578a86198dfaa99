// The steps of a send as they are asked of the core: a text, and beside it the options and what is known at this step, the facts;
// see src/send/facts.rs, and src/bindings/send.rs, which names the facts.
import * as bindings from "./bindings.js";
import { SendError, ValidationError } from "./errors.js";

export const core = {
  /** Checks a request, given as UTF-8, and writes it: the plan. Facts: `file`, the bytes of one; `item`, for a batch. */
  prepareSend: ({ options, rules }, request, { file, item } = {}) => planOf(bindings.prepareSend(request, beside(options, { rules, file, item }))),

  /** Writes the request of an upload: the plan. Without an address it is of a file, which the facts describe. */
  prepareUpload: ({ options }, url, facts) => planOf(bindings.prepareUpload(url, beside(options, facts))),

  /** @throws {SendError} the options that all messages share cannot be */
  checkOptions({ options, rules }) {
    const error = bindings.checkOptions(rules, options);
    if (error !== undefined) {
      throw new SendError(JSON.parse(error));
    }
  },

  /** What the answer with this body means, as JSON: `{receipt}`, or `{error, sent, delayMs?}`. */
  readAnswer: (options, facts, body) => bindings.readAnswer(body, beside(options, facts)),

  /** What a trouble of this word means, as JSON: `{error, sent, delayMs?}`. */
  readTrouble: (options, facts, word) => bindings.readTrouble(word, beside(options, facts)),

  /** A text without the secrets. */
  redact: (options, text) => bindings.redact(text, options),

  /** What the app's secret signs. */
  proofText: (options, time) => bindings.proofText(String(time), options),

  /** The body with its proof. Facts: `proof`, `time`. */
  withProof: (options, facts, body) => bindings.withProof(body, beside(options, facts)),

  buildRequest: bindings.buildRequest,
  consequence: bindings.consequence,
  openLane: bindings.openLane,
  passLane: bindings.passLane,
  answeredLane: bindings.answeredLane,
};

function beside(options, facts) {
  return `${options}\n${JSON.stringify(facts)}`;
}

/**
 * What goes over HTTP. Who sends a file along adds `wrap`, which makes the body of the text, and takes `contentType` away.
 * @returns {{ url: string, contentType: string, authorization?: string, timeoutMs: number, body: string }}
 * @throws {SendError | ValidationError}
 */
function planOf(text) {
  if (text.startsWith("!")) {
    const error = JSON.parse(text.slice(1));
    throw error.name === "ValidationError" ? new ValidationError(error.report) : new SendError(error);
  }
  const end = text.indexOf("\n");
  const plan = JSON.parse(text.slice(0, end));
  plan.body = text.slice(end + 1);
  return plan;
}

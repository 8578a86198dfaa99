// `sendAll`: many messages.
import { breakdownError } from "../errors/errors.js";
import { plain } from "../input/members.js";
import { readOptions } from "../input/options.js";
import { openSource } from "../input/source.js";
import { sendAll as sendAllInCore } from "../module/bindings.js";
import { callCore } from "./call.js";

export const sendAll = (messages, options) => sendAllThrough(undefined, messages, options);

/** @param {number | undefined} client whose rate limits apply */
export async function sendAllThrough(client, messages, options) {
  const read = readOptions(options);
  const source = openSource(messages, typeof read.options.onResult === "function");
  return callCore(sendAllInCore, {
    client,
    ...read,
    total: source.total,
    next: source.next,
    close: source.close,
    /** Called only if the caller listens. */
    onResult(index, result) {
      this.tell("onResult", { index, request: source.take(index), ...plain(result) });
    },
    /** The error that stopped the run; after a failure of the source, the thrown value is its cause. */
    stopOf(value) {
      return this.errorOf(value, source.failure);
    },
    /** Handles a breakdown of the module: the outcome of unfinished messages is unknown. */
    broken() {
      source.close();
      for (const index of source.left()) {
        this.onResult(index, { status: "unknown", error: breakdownError(true) });
      }
    },
  });
}

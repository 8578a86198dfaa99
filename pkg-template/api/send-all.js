// `sendAll`: many messages.

import { causeOfAbort } from "../errors/cause.js";
import { breakdownError } from "../errors/errors.js";
import { sendAllOptions } from "../input/options.js";
import { openSource } from "../input/source.js";
import { sendAll as sendAllInCore } from "../module/bindings.js";
import { callCore, tell } from "./call.js";

/** Smooth for a person who watches, and cheap at hundreds of messages per second. */
const PROGRESS_EVERY_MS = 100;

export async function sendAll(messages, options) {
  return sendAllThrough(undefined, messages, options);
}

/** @param {number | undefined} client whose rate limits apply */
export async function sendAllThrough(client, messages, options) {
  const read = sendAllOptions(options);
  const { onResult, onProgress } = read;
  const source = openSource(messages);
  let toldAt = performance.now();
  /**
   * Why the run stopped: the same error for the summary and for all messages that were not started.
   */
  let stopped;
  return callCore(sendAllInCore, read, {
    client,
    total: source.total,
    concurrency: read.concurrency,
    perSecond: read.perSecond,
    batch: read.batch ?? false,
    outageMs: read.outageMs,
    next: source.next,
    close: source.close,
    wantsResults: onResult !== undefined,
    wantsProgress: () =>
      onProgress !== undefined && performance.now() - toldAt >= PROGRESS_EVERY_MS,
    onProgress(progress) {
      toldAt = performance.now();
      tell(onProgress, () => progress);
    },
    onResult(index, status, receipt, error, isLeftOver) {
      const request = source.take(index);
      if (error === undefined) {
        tell(onResult, () => ({ index, request, status, receipt }));
      } else if (isLeftOver) {
        tell(onResult, () => ({ index, request, status, error: this.stoppedBy(error) }));
      } else {
        tell(onResult, () => ({ index, request, status, error: this.errorOf(error) }));
      }
    },
    stoppedBy(error) {
      stopped ??= this.errorOf(error);
      return stopped;
    },
    /** The summary, with an error of the package. */
    resultOf(summary) {
      return summary.stopped === undefined
        ? summary
        : { ...summary, stopped: this.stoppedBy(summary.stopped) };
    },
    /** The error after a failure of the source, with the thrown value as its cause. */
    mend(error, redact) {
      const isSourceError =
        source.failure !== undefined && error.kind === "configuration" && error.attempts === 0;
      if (isSourceError && !Object.hasOwn(error, "cause")) {
        Object.defineProperty(error, "cause", {
          value: causeOfAbort(source.failure.error, redact),
          writable: true,
          configurable: true,
        });
      }
      return error;
    },
    /** Handles a breakdown of the module: the outcome of unfinished messages is unknown. */
    broken() {
      source.close();
      for (const index of source.left()) {
        const request = source.take(index);
        tell(onResult, () => ({ index, request, status: "unknown", error: breakdownError(true) }));
      }
    },
  });
}

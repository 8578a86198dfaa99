// `sendAll`: many messages.
import { breakdownError } from "../errors/errors.js";
import { causeOfAbort } from "../errors/cause.js";
import { sendAllOptions } from "../input/options.js";
import { openSource } from "../input/source.js";
import { callCore, tell } from "./call.js";

/** Often enough for a person who watches, and no burden at hundreds a second. */
const PROGRESS_EVERY_MS = 100;

export async function sendAll(messages, options) {
  return sendAllThrough(undefined, messages, options);
}

/** @param {number | undefined} client whose rate limits hold */
export async function sendAllThrough(client, messages, options) {
  const read = sendAllOptions(options);
  const { onResult, onProgress } = read;
  const source = openSource(messages);
  let toldAt = performance.now();
  /** Why the run stopped: one error for the summary and for all that had not begun. */
  let stopped;
  return callCore("sendAll", read, {
    client,
    total: source.total,
    concurrency: read.concurrency,
    perSecond: read.perSecond,
    batch: read.batch ?? false,
    outageMs: read.outageMs,
    next: source.next,
    close: source.close,
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
    /** The summary, whose error is one of the package. */
    resultOf(summary) {
      return summary.stopped === undefined
        ? summary
        : { ...summary, stopped: this.stoppedBy(summary.stopped) };
    },
    /** The error where the source threw has what it threw. */
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
    /** The module broke down: of what was taken and not settled nothing is known. */
    broken() {
      source.close();
      for (const index of source.left()) {
        const request = source.take(index);
        tell(onResult, () => ({ index, request, status: "unknown", error: breakdownError(true) }));
      }
    },
  });
}

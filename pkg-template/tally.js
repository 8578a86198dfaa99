// Counts what became of the messages, and tells the caller as it goes.
import { letGo } from "./foreign.js";

/** Often enough for a person who watches, and no burden at hundreds a second. */
const PROGRESS_EVERY_MS = 100;

/** @param {number} [total] how many messages there will be, where that is known */
export function openTally(total, { onResult, onProgress }) {
  const start = performance.now();
  const counts = { done: 0, sent: 0, failed: 0, unknown: 0, not_sent: 0 };
  let told = start;

  const tellProgress = () => {
    told = performance.now();
    const perSecond = (counts.done * 1000) / Math.max(1, told - start);
    const left = total === undefined ? undefined : { total, timeLeftMs: Math.round((Math.max(0, total - counts.done) * 1000) / Math.max(perSecond, 0.001)) };
    letGo(() => onProgress({ ...counts, ...left, perSecond }));
  };

  return {
    /** @param {{ index: number, request: unknown, status: string }} result of one message, told once */
    add(result) {
      counts.done += 1;
      counts[result.status] += 1;
      if (onResult !== undefined) {
        letGo(() => onResult(result));
      }
      if (onProgress !== undefined && performance.now() - told >= PROGRESS_EVERY_MS) {
        tellProgress();
      }
    },

    /** The end of it. @param {Error} [stopped] what stopped it before its time */
    summary(stopped) {
      if (onProgress !== undefined) {
        tellProgress();
      }
      return { ...counts, durationMs: Math.round(performance.now() - start), ...(stopped !== undefined && { stopped }) };
    },
  };
}

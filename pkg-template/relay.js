// One listener on the caller's signal for all attempts of a run: runtimes warn of a leak where one signal has many.
import { notSent } from "./errors.js";
import { get } from "./foreign.js";

/**
 * @param {object | undefined} signal the caller's
 * @param {(reason: unknown) => void} onAbort told once; at once where it is aborted already
 * @returns {{ signal: object, end: () => void }} what attempts listen to in its place; `end` takes the listener away
 * @throws {SendError}
 */
export function relay(signal, onAbort) {
  const hearers = new Set();
  const relayed = {
    aborted: false,
    reason: undefined,
    addEventListener: (_, hear) => hearers.add(hear),
    removeEventListener: (_, hear) => hearers.delete(hear),
  };
  const abort = () => {
    if (!relayed.aborted) {
      relayed.aborted = true;
      relayed.reason = get(signal, "reason");
      hearers.forEach((hear) => hear());
      onAbort(relayed.reason);
    }
  };
  try {
    signal?.addEventListener("abort", abort);
  } catch {
    throw notSent("configuration", "signal must be an AbortSignal.");
  }
  if (get(signal, "aborted")) {
    abort();
  }
  return {
    signal: relayed,
    end() {
      try {
        signal?.removeEventListener("abort", abort);
      } catch {
        // A signal that keeps its listeners may call this one later; that does no harm.
      }
    },
  };
}

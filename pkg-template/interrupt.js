// What cuts a send short: the caller's signal, and time. Everything that is awaited is raced against it, so that a `fetch` that
// ignores its signal leaves nobody waiting.
import { notSent } from "./errors.js";
import { get } from "./foreign.js";

/** Why something was cut short: by the caller, with the signal's reason, or by the time. A class of our own: no error of others is one. */
export class Cut {
  constructor(aborted, reason) {
    this.aborted = aborted;
    this.reason = reason;
  }
}

/** Also of what throws when it is asked anything, as a revoked proxy does. */
export function isCut(thrown) {
  try {
    return thrown instanceof Cut;
  } catch {
    return false;
  }
}

/** Listens to the signal, if there is one, until `end` is called. */
export function interruptBy(signal) {
  let cut;
  let cutOff = () => {};
  const stop = (next) => {
    // An abort is never taken back by a timer.
    if (!cut?.aborted) {
      cut = next;
      cutOff(cut);
    }
  };
  const onAbort = () => stop(new Cut(true, get(signal, "reason")));
  if (get(signal, "aborted")) {
    onAbort();
  } else {
    try {
      signal?.addEventListener("abort", onAbort);
    } catch {
      throw notSent("configuration", "signal must be an AbortSignal.");
    }
  }

  /** What the promise gives, or a rejection with the `Cut` that came first. */
  const race = (promise) =>
    new Promise((resolve, reject) => {
      cutOff = reject;
      if (cut !== undefined) {
        reject(cut);
      }
      // In any case: a rejection that nobody hears would end the process.
      promise.then(resolve, reject);
    });

  return {
    race,
    /** Throws where the signal has been aborted. */
    check() {
      if (cut !== undefined) {
        throw cut;
      }
    },
    /** Starts the time for all that is raced until the function that it gives is called, which also takes back what nobody saw yet. */
    within(ms) {
      const timer = setTimeout(() => stop(new Cut(false)), ms);
      return () => {
        clearTimeout(timer);
        cut = cut?.aborted ? cut : undefined;
      };
    },
    async pause(ms) {
      let timer;
      try {
        await race(new Promise((resolve) => (timer = setTimeout(resolve, ms))));
      } finally {
        clearTimeout(timer);
      }
    },
    end() {
      try {
        signal?.removeEventListener("abort", onAbort);
      } catch {
        // A signal that keeps its listeners may call this one later; that does no harm.
      }
    },
  };
}

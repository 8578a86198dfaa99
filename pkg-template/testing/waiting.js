// Waits that end with the caller's signal. Timer functions are looked up when called, so that a
// test runner's fake timers apply.

export class Waiting {
  #signal;
  #ended = false;
  #reason;
  #waits = new Set();
  #abort = () => this.end(reasonOf(this.#signal));

  /** @param {AbortSignal | null | undefined} signal */
  constructor(signal) {
    this.#signal = signal ?? undefined;
    if (this.#signal?.aborted) {
      this.#abort();
    } else {
      this.#signal?.addEventListener("abort", this.#abort);
    }
  }

  /** @throws the signal's reason, once it has aborted */
  check() {
    if (this.#ended) {
      throw this.#reason;
    }
  }

  /** Rejects with the signal's reason, or never settles. */
  forEver() {
    return this.#wait(() => {});
  }

  /** Resolves after `ms`, or rejects with the signal's reason. */
  pause(ms) {
    let timer;
    return this.#wait((resolve) => (timer = setTimeout(resolve, ms))).finally(() =>
      clearTimeout(timer),
    );
  }

  /** Settles like the promise, or rejects with the signal's reason if that comes first. */
  race(promise) {
    return this.#wait((resolve, reject) => promise.then(resolve, reject));
  }

  /** Releases the signal, and ends every wait with the reason. */
  end(reason) {
    this.#signal?.removeEventListener("abort", this.#abort);
    if (!this.#ended) {
      this.#ended = true;
      this.#reason = reason;
      for (const reject of this.#waits) reject(reason);
    }
  }

  #wait(begin) {
    return new Promise((resolve, reject) => {
      this.check();
      this.#waits.add(reject);
      const settle = (act) => (value) => {
        this.#waits.delete(reject);
        act(value);
      };
      begin(settle(resolve), settle(reject));
    });
  }
}

/** A test double of a signal may have no reason. */
function reasonOf({ reason }) {
  return reason === undefined
    ? Object.assign(new Error("This operation was aborted"), { name: "AbortError" })
    : reason;
}

// Limits the rate of the Page: evenly spread, and never more than the rate in any second, however late a timer fires.

/**
 * The documented maximum of messages per second for a Page.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
 */
export const TEXT_PER_SECOND = 300;
/** The maximum for messages with audio or video. */
export const MEDIA_PER_SECOND = 10;

/** Stays below the limit, since Graph counts messages when they arrive. Even with the credit, no second exceeds the limit. */
const SHARE = 0.95;
/** How much of a delay may be caught up. */
const CREDIT_MS = 50;

export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

export class Pace {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  #due: number;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(perSecond: number, clock: Clock, notBefore = 0) {
    this.#clock = clock;
    this.#intervalMs = 1000 / (perSecond * SHARE);
    this.#due = notBefore;
  }

  /** How long a call of `acquire` would wait now, in milliseconds. */
  get waitMs(): number {
    return Math.max(0, this.#due - this.#clock.now() + this.#waiting * this.#intervalMs);
  }

  /** Waits for a permit, in the order of the calls. */
  acquire(): Promise<void> {
    this.#waiting += 1;
    this.#last = this.#last.then(async () => {
      for (let now = this.#clock.now(); now < this.#due; now = this.#clock.now()) {
        await this.#clock.sleep(Math.ceil(this.#due - now));
      }
      this.#due = Math.max(this.#due, this.#clock.now() - CREDIT_MS) + this.#intervalMs;
      this.#waiting -= 1;
    });
    return this.#last;
  }
}

// How fast the Page may send: evenly, and never more than its rate in any second, however late a timer fires.

/**
 * Messages a second of a Page.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
 */
export const TEXT_PER_SECOND = 300;
/** Those with audio or video. */
export const MEDIA_PER_SECOND = 10;

/** Below the limit, since Graph counts when a message arrives. With the credit, a second never holds more than the limit. */
const SHARE = 0.95;
/** So much of a late start may be made up for. */
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

  /** How long whoever asks now would wait, in milliseconds. */
  get waitMs(): number {
    return Math.max(0, this.#due - this.#clock.now() + this.#waiting * this.#intervalMs);
  }

  /** Waits for a place, first come, first served. */
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

// Pauses of the whole Page: Graph says that it is too fast, does not respond, or refuses everything from it. After a pause one message is
// sent as a probe, and the others wait for its result.
import type { Failure } from "./message.ts";

export type PauseReason = "rate_limit" | "outage" | "auth";

export interface Pause {
  until: number;
  reason: PauseReason;
  code?: number;
  /** The number of consecutive pauses. */
  round: number;
}

/** The first and the longest pause; each further one is twice as long. */
const LENGTHS: Record<PauseReason, { first: number; longest: number }> = {
  rate_limit: { first: 5_000, longest: 5 * 60_000 },
  outage: { first: 5_000, longest: 5 * 60_000 },
  auth: { first: 10_000, longest: 15 * 60_000 },
};
/** The number of consecutive messages without a response that counts as an outage. */
const TROUBLES = 5;
/** The code of the Page's call limit. Retrying the message does not help. */
const PAGE_LIMIT = 80001;
/** The Page is restricted for a time; the token's owner is blocked. https://developers.facebook.com/docs/messenger-platform/error-codes */
const RESTRICTED_MS = 30 * 60_000;
const isRestricted = ({ code, subcode }: Failure) => code === 10 && subcode === 1893063;
const isBlocked = ({ code }: Failure) => code === 368;
/** How often to check for the result of the probe. */
const PROBE_MS = 1_000;

export class Pauses {
  #pause: Pause | null;
  #isProbing: boolean;
  #troubles = 0;

  /** A pause continues after a restart, except for `auth`: a new token may be the reason for the restart. */
  constructor(earlier: Pause | null) {
    this.#pause = earlier?.reason === "auth" ? null : earlier;
    this.#isProbing = this.#pause !== null;
  }

  /** The current pause, or null. */
  current(now: number): Pause | null {
    return this.#pause !== null && now < this.#pause.until ? this.#pause : null;
  }

  /** The pause to store. */
  get stored(): Pause | null {
    return this.#pause;
  }

  /** How long nothing may be sent, in milliseconds. */
  waitMs(now: number, inFlight: number): number {
    const pause = this.current(now);
    if (pause !== null) {
      return pause.until - now;
    }
    return this.#isProbing && inFlight > 0 ? PROBE_MS : 0;
  }

  /** Handles a message that Graph accepted. */
  succeeded(begunAt: number): void {
    this.#troubles = 0;
    // A request from before the pause does not show that the pause may end.
    if (begunAt >= (this.#pause?.until ?? 0)) {
      this.#pause = null;
      this.#isProbing = false;
    }
  }

  /** Handles a failed message. `begunAt` is the time of its request. */
  failed(failure: Failure, begunAt: number, now: number): void {
    const reason = this.#reasonOf(failure);
    if (reason === undefined) {
      if (this.#troubles === 0) {
        this.succeeded(begunAt);
      }
      return;
    }
    const { first, longest } = LENGTHS[reason];
    const isNews = begunAt >= (this.#pause?.until ?? 0);
    const round = isNews ? (this.#pause?.round ?? 0) + 1 : (this.#pause?.round ?? 1);
    const asked = isRestricted(failure) ? RESTRICTED_MS : failure.retry_after_ms;
    const length = asked ?? Math.min(longest, first * 2 ** (round - 1));
    const until = isNews || asked !== undefined ? now + length : 0;
    if (until > (this.#pause?.until ?? 0)) {
      this.#pause = {
        until,
        reason,
        round,
        ...(failure.code === undefined ? {} : { code: failure.code }),
      };
    }
    this.#isProbing = true;
  }

  #reasonOf(failure: Failure): PauseReason | undefined {
    const { kind, retryable, code } = failure;
    if (
      kind === "auth" ||
      kind === "configuration" ||
      isRestricted(failure) ||
      isBlocked(failure)
    ) {
      return "auth";
    }
    if (kind === "rate_limit" && (retryable || code === PAGE_LIMIT)) {
      return "rate_limit";
    }
    const isTrouble = ["network", "timeout", "invalid_response", "transient"].includes(kind);
    this.#troubles = isTrouble ? this.#troubles + 1 : 0;
    // For a probe, one failure is enough.
    return isTrouble && (this.#troubles >= TROUBLES || this.#isProbing) ? "outage" : undefined;
  }
}

// A Graph that takes, refuses, throttles, is silent, and loses answers, as the seed says. What it took is the truth of a history.

/** How often an answer is what, while there are faults. */
const FAULTS = [
  [0.7, "ok"],
  [0.06, "refused"],
  [0.05, "throttled"],
  [0.05, "transient"],
  [0.04, "taken, and no answer"],
  [0.04, "not taken, and no answer"],
  [0.03, "not reached"],
  [0.02, "dead token"],
  [0.01, "another answer after an echo"],
];

const failure = (kind, delivery, retryable, more = {}) => ({
  ok: false,
  failure: { kind, delivery, retryable, message: kind, ...more },
});

export class Graph {
  /** What arrived: { stamp, recipient, at, taken }. */
  arrivals = [];
  /** Times in which it asked for silence: { from, until }. */
  pauses = [];
  hasFaults = true;

  #timeline;
  #random;
  #onEcho;
  #echoWaitMs;

  constructor(timeline, random, { echoWaitMs, onEcho }) {
    this.#timeline = timeline;
    this.#random = random;
    this.#echoWaitMs = echoWaitMs;
    this.#onEcho = onEcho;
    this.outage = random.chance(0.2)
      ? [random.whole(0, 60_000), random.whole(5_000, 60_000)]
      : [0, 0];
    this.began = timeline.now;
  }

  /** Answers after a while. A message that is `never` taken is put off for ever. */
  async send(request, stamp) {
    const random = this.#random;
    const timeline = this.#timeline;
    const { recipient, has_echo, never } = JSON.parse(request);
    const how = never ? "transient" : this.#how();
    const taken = how === "ok" || how === "taken, and no answer" || how.startsWith("another");
    this.arrivals.push({
      stamp,
      recipient,
      at: timeline.now,
      taken,
      reached: how !== "not reached",
    });
    const mid = `m_${this.arrivals.length}`;
    if (taken && has_echo) {
      this.#echo(stamp, mid);
    }
    await timeline.sleep(how.includes("no answer") ? 30_000 : random.whole(5, 1500));
    switch (how) {
      case "ok":
        return { ok: true, receipt: { message_id: mid } };
      case "refused":
        return failure("window", "rejected", false, { code: 10, subcode: 2018278 });
      case "throttled": {
        const asked = random.chance(0.5) ? random.whole(1_000, 20_000) : undefined;
        if (asked !== undefined) {
          this.pauses.push({ from: timeline.now, until: timeline.now + asked });
        }
        return failure("rate_limit", "rejected", true, {
          code: 613,
          ...(asked === undefined ? {} : { retry_after_ms: asked }),
        });
      }
      case "transient":
        return failure("transient", "rejected", true, { code: 2 });
      case "not reached":
        return failure("network", "not_sent", true);
      case "dead token":
        return failure("auth", "rejected", false, { code: 190 });
      default:
        return failure("timeout", "unknown", false);
    }
  }

  #how() {
    if (!this.hasFaults) {
      return "ok";
    }
    const [from, length] = this.outage;
    const since = this.#timeline.now - this.began;
    if (since >= from && since < from + length) {
      return this.#random.pick(["taken, and no answer", "not taken, and no answer", "not reached"]);
    }
    let drawn = this.#random.next();
    for (const [share, how] of FAULTS) {
      drawn -= share;
      if (drawn < 0) {
        return how;
      }
    }
    return "ok";
  }

  /** Most echoes come soon, some late, twice or never. */
  #echo(stamp, mid) {
    const random = this.#random;
    if (random.chance(0.1)) {
      return;
    }
    const late = random.chance(0.1) ? 3 : 0.5;
    for (let times = random.chance(0.2) ? 2 : 1; times > 0; times -= 1) {
      this.#timeline.after(random.whole(1, this.#echoWaitMs * late), () =>
        this.#onEcho(stamp, mid),
      );
    }
  }
}

// One run of `sendAll`: takes messages from the source, lets them go when their turn and the pace allow it, and says of each what
// became of it, once. Between the things that happen (a message came, an attempt is over, a wait is over, an abort) it sleeps.
import { notSent, SendError, ValidationError } from "./errors.js";
import { letGo } from "./foreign.js";
import { openQueue } from "./queue.js";
import { openSource } from "./source.js";
import { openTally } from "./tally.js";
import { turn } from "./turn.js";

/** How many messages are taken before others have their turn: few, because checking them takes time in which none goes out. */
const TAKEN_AT_ONCE = 100;
/** The same once nothing is sent any more: those are counted only. */
const DRAINED_AT_ONCE = 5000;
/** How long a batch waits for more messages, while the source has not given them yet. */
const FILL_MS = 50;
/** How often it goes on before timers have their turn. */
const TURNS = 10;
/** The longest time of a timer. */
const MAX_MS = 2 ** 31 - 1;
/** The status of a message, by the `delivery` of its error; a ValidationError has none. */
const STATUS = { rejected: "failed", unknown: "unknown", not_sent: "not_sent" };

export class Run {
  #source;
  #pace;
  #work;
  #options;
  #queue;
  #tally;
  /** Refused messages that wait until they are sent again. */
  #sleeping = new Set();
  #taken = 0;
  /** Messages that were taken and are not settled. */
  #open = 0;
  #underWay = 0;
  #isExhausted = false;
  #isAborted = false;
  #stopped;
  #isWoken = false;
  #turns = 0;
  #resume = () => {};

  /**
   * @param {Iterable | AsyncIterable} requests
   * @param {object} pace as pace.js makes it
   * @param {object} work what is done with messages. `prepare(request)` reads one: its JSON as `json`, and what else an attempt needs;
   *   it throws what is wrong with it. `attempt(messages)` sends them in one request: what became of each, as `outcomeOf` of
   *   exchange.js has it; it never rejects. `sourceError(thrown)` is the error where the source throws.
   * @param {object} options
   * @param {number} options.concurrency requests that are under way at once
   * @param {number} options.held messages that are taken and not settled at once
   * @param {(lane: object) => number} options.batchSize how many messages go into one request
   * @param {Function} [options.onRetry]
   * @param {Function} [options.onResult]
   * @param {Function} [options.onProgress]
   * @throws {SendError} where the source cannot be iterated
   */
  constructor(requests, pace, work, options) {
    this.#source = openSource(requests, () => this.#wake());
    this.#pace = pace;
    this.#work = work;
    this.#options = options;
    this.#queue = openQueue(pace.lanes);
    this.#tally = openTally(this.#source.total, options);
  }

  /** Resolves with the summary, once every message is accounted for. */
  async toEnd() {
    for (;;) {
      const hasMore = this.#take();
      const waitMs = this.#stopped === undefined ? this.#dispatch() : Infinity;
      if (this.#isExhausted && this.#open === 0) {
        return this.#tally.summary(this.#stopped);
      }
      await this.#sleep(hasMore ? 0 : waitMs);
    }
  }

  /** Nothing more is begun; of a source that does not know its end nothing more is taken. */
  abort(error) {
    this.#isAborted = true;
    this.#stop(error);
    this.#wake();
  }

  /** @returns {boolean} whether there may be more at once */
  #take() {
    for (let count = 0; count < (this.#stopped === undefined ? TAKEN_AT_ONCE : DRAINED_AT_ONCE); count += 1) {
      if (this.#isExhausted || (this.#stopped === undefined && this.#open >= this.#options.held)) {
        return false;
      }
      const isAccountedFor = this.#isAborted && !(this.#taken < this.#source.total);
      const step = isAccountedFor ? { done: true } : this.#source.next();
      if (step === undefined) {
        return false;
      }
      if ("value" in step) {
        this.#add(step.value);
        continue;
      }
      this.#isExhausted = true;
      if (isAccountedFor) {
        this.#source.close();
      } else if ("error" in step) {
        this.#stop(this.#work.sourceError(step.error));
      }
    }
    return true;
  }

  #add(request) {
    const index = this.#taken;
    this.#taken += 1;
    this.#open += 1;
    if (this.#stopped !== undefined) {
      this.#settle({ index, request }, { error: this.#stopped });
      return;
    }
    try {
      const { json, ...prepared } = this.#work.prepare(request);
      const key = json.recipient?.id ?? JSON.stringify(json.recipient);
      this.#queue.add({ ...prepared, index, request, key, lane: this.#pace.laneOf(json), progress: { attempts: 0, sent: 0 } });
    } catch (error) {
      const isOurs = error instanceof SendError || error instanceof ValidationError;
      this.#settle({ index, request }, { error: isOurs ? error : notSent("configuration", "messenger-send itself failed. That is a bug of messenger-send.") });
    }
  }

  /** Begins what may begin now. @returns {number} how long to wait at most before asking again */
  #dispatch() {
    const nextMs = this.#wakeSleepers();
    const pausedMs = this.#pace.waitMs();
    if (pausedMs > 0) {
      return Math.min(nextMs, pausedMs);
    }
    return Math.min(nextMs, ...this.#pace.lanes.map((lane) => this.#dispatchLane(lane)));
  }

  #dispatchLane(lane) {
    while (lane.ready.length > 0 && this.#hasRoom(lane)) {
      const fillMs = this.#fillMs(lane);
      const granted = fillMs > 0 ? -fillMs : this.#pace.pass(lane, Math.min(lane.ready.length, this.#options.batchSize(lane)));
      if (granted <= 0) {
        return -granted;
      }
      this.#start(lane, lane.ready.splice(0, granted));
    }
    return Infinity;
  }

  #hasRoom(lane) {
    const { concurrency } = this.#options;
    return this.#underWay < (this.#pace.isProbing() ? 1 : concurrency) && lane.underWay < Math.ceil(concurrency * lane.share);
  }

  /** How long a batch may still wait to become full. */
  #fillMs(lane) {
    const canGrow = lane.ready.length < this.#options.batchSize(lane) && !this.#isExhausted;
    return canGrow ? lane.ready[0].readyAt + FILL_MS - performance.now() : 0;
  }

  async #start(lane, messages) {
    const sentAt = performance.now();
    this.#underWay += 1;
    lane.underWay += 1;
    const outcomes = await this.#work.attempt(messages);
    this.#underWay -= 1;
    lane.underWay -= 1;
    if (outcomes.some(({ receipt, error }) => receipt !== undefined || error.status !== undefined)) {
      this.#pace.answered(lane, sentAt, messages.length);
    }
    outcomes.forEach((outcome, index) => this.#conclude(messages[index], outcome, sentAt));
    this.#wake();
  }

  #conclude(message, { receipt, error: details, sent, delayMs }, sentAt) {
    const error = details && new SendError(details);
    const isOver = this.#pace.learn({ receipt, error, delayMs }, sentAt);
    if (delayMs !== undefined && this.#stopped === undefined) {
      message.progress.sent = sent;
      message.error = error;
      message.wakeAt = performance.now() + delayMs;
      this.#sleeping.add(message);
      const { onRetry } = this.#options;
      if (onRetry !== undefined) {
        letGo(() => onRetry({ attempt: message.progress.attempts, delayMs, error }));
      }
    } else {
      this.#settle(message, { receipt, error });
      this.#queue.settled(message);
    }
    if (isOver) {
      const why = `Not sent, because an earlier message was refused for a reason that holds for all. ${error.message}`;
      this.#stop(new SendError({ ...error, message: why, delivery: "not_sent", retryable: false, attempts: 0 }));
    }
  }

  /** They queue up at the end: where Graph refuses for a while, no message uses its attempts up while the others wait. */
  #wakeSleepers() {
    let nextMs = Infinity;
    const now = performance.now();
    for (const message of this.#sleeping) {
      if (message.wakeAt <= now) {
        this.#sleeping.delete(message);
        this.#queue.again(message);
      } else {
        nextMs = Math.min(nextMs, message.wakeAt - now);
      }
    }
    return nextMs;
  }

  #stop(error) {
    if (this.#stopped !== undefined) {
      return;
    }
    this.#stopped = error;
    // Those have been refused, and that is what is known of them.
    for (const message of this.#sleeping) {
      this.#settle(message, message);
    }
    this.#sleeping.clear();
    for (const message of this.#queue.clear()) {
      // A message that was refused before and is in the queue again was refused all the same.
      this.#settle(message, { error: message.error ?? error });
    }
  }

  #settle({ index, request }, { receipt, error }) {
    this.#open -= 1;
    const outcome = receipt === undefined ? { status: STATUS[error.delivery] ?? "failed", error } : { status: "sent", receipt };
    this.#tally.add({ index, request, ...outcome });
  }

  #wake() {
    this.#isWoken = true;
    this.#resume();
  }

  async #sleep(ms) {
    this.#turns += 1;
    if (this.#turns % TURNS === 0) {
      await turn();
    } else if (!this.#isWoken) {
      let timer;
      await new Promise((resolve) => {
        this.#resume = resolve;
        timer = ms === Infinity ? undefined : setTimeout(resolve, Math.min(ms, MAX_MS));
      });
      clearTimeout(timer);
    }
    this.#isWoken = false;
  }
}

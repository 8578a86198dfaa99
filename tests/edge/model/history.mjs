// One history of one Page, drawn from a seed: callers, a queue that delivers twice, late and out of order, consumers that die, an object
// that is evicted, and Graph. At its end `problems` says what must never be and was.
import { Graph } from "./graph.mjs";
import { Random } from "./random.mjs";
import { memorySql } from "./sqlite.mjs";
import { Timeline } from "./timeline.mjs";

const PAGE = "1234567890";
const ECHO_WAIT_MS = 60_000;
const HOUR_MS = 3_600_000;
/** So often the platform delivers a message before it gives it up. */
const MAX_RETRIES = 100;
const FAULTS_MS = 120_000;

/**
 * @param {number} seed
 * @param {{ PageSender: Function }} sender the module under test
 * @returns {Promise<{ problems: string[], messages: number, arrivals: number, evictions: number }>}
 */
export async function playHistory(seed, { PageSender }) {
  const history = new History(seed, PageSender);
  await history.play();
  return history.judge();
}

class History {
  constructor(seed, PageSender) {
    this.random = new Random(seed);
    this.timeline = new Timeline();
    this.sql = memorySql();
    this.PageSender = PageSender;
    this.settings = {
      echoWaitMs: ECHO_WAIT_MS,
      perSecond: this.random.pick([1, 5, 20, 300]),
      retentionMs: 7 * 24 * HOUR_MS,
      requeueMs: 600_000,
    };
    this.graph = new Graph(this.timeline, this.random, {
      echoWaitMs: ECHO_WAIT_MS,
      onEcho: (stamp, mid) => this.#echo(stamp, mid),
    });
    this.evictionRate = this.random.pick([0, 0, 0.02, 0.1, 0.3]);
    this.evictions = 0;
    this.echoes = [];
    /** By id: what the caller was told and chose. */
    this.accepted = new Map();
    this.keys = new Map();
    this.notNow = 0;
    this.open = 0;
    this.errors = [];
    this.alarm = null;
    this.retries = new Map();
  }

  async play() {
    const posts = this.random.pick([1, 2, 4, 6]);
    for (let post = 0; post < posts; post += 1) {
      this.#later(this.random.whole(0, 60_000), () => this.#post());
    }
    this.timeline.after(FAULTS_MS, () => {
      this.graph.hasFaults = false;
      this.evictionRate = 0;
    });
    this.isOver = await this.timeline.play(
      () => this.open === 0 && !this.graph.hasFaults && this.#isSettled(),
      12 * HOUR_MS,
    );
  }

  /** The object, awake. Each use of it may be its last. */
  #object() {
    if (this.object === undefined) {
      const life = { isOver: false };
      this.life = life;
      const mortal = (promise) =>
        new Promise((resolve, reject) => {
          promise.then(
            (value) => life.isOver || resolve(value),
            (error) => life.isOver || reject(error),
          );
        });
      this.object = new this.PageSender(
        PAGE,
        this.sql,
        {
          now: () => this.timeline.now,
          sleep: (ms) => mortal(this.timeline.sleep(ms)),
          random: () => this.random.next(),
          randomHex: (digits) => this.random.hex(digits),
          send: (request, stamp) => {
            const sent = mortal(this.graph.send(request, stamp));
            if (this.random.chance(this.evictionRate)) {
              this.#later(this.random.whole(0, 1000), () => this.#evict(life));
            }
            return sent;
          },
          enqueue: (messages) => mortal(this.#enqueue(messages)),
          wakeAt: (time) => this.#wakeAt(time),
        },
        this.settings,
      );
      this.#setAlarm();
    }
    return this.object;
  }

  #evict(life) {
    if (!life.isOver) {
      life.isOver = true;
      for (const end of life.onEnd ?? []) {
        end();
      }
      this.evictions += 1;
      this.object = undefined;
    }
  }

  /** Calls the object from outside: rejects when it is evicted before it has answered. */
  #call(use) {
    const object = this.#object();
    const life = this.life;
    return new Promise((resolve, reject) => {
      life.onEnd ??= new Set();
      const end = () => reject(new Error("evicted"));
      life.onEnd.add(end);
      Promise.resolve(use(object)).then(
        (value) => {
          life.onEnd.delete(end);
          if (!life.isOver) {
            this.#setAlarm();
            resolve(value);
          }
        },
        (error) => {
          life.onEnd.delete(end);
          if (!life.isOver) {
            this.#setAlarm();
            reject(error);
          }
        },
      );
    });
  }

  #setAlarm() {
    const wanted = this.object?.nextWake() ?? null;
    if (wanted !== null) {
      this.#wakeAt(wanted);
    }
  }

  #wakeAt(wanted) {
    if (this.alarm === null || wanted < this.alarm) {
      this.alarm = wanted;
      this.timeline.after(wanted - this.timeline.now, () => {
        if (this.alarm === wanted) {
          this.alarm = null;
          // The platform calls an alarm again that has failed.
          const ring = () =>
            this.#call((object) => object.wake()).catch(() => this.timeline.after(2000, ring));
          ring();
        }
      });
    }
  }

  /** Something that is still to happen before the history may be over. */
  #later(delayMs, happen) {
    this.open += 1;
    this.timeline.after(delayMs, () => {
      this.open -= 1;
      happen();
    });
  }

  #post() {
    const { random } = this;
    const posted = Array.from({ length: random.whole(1, 5) }, () => {
      const hasEcho = random.chance(0.9);
      const recipient = `person ${random.whole(1, 3)}`;
      const key = random.chance(0.3) ? `key ${random.whole(1, 4)}` : null;
      return {
        request: JSON.stringify({ recipient, has_echo: hasEcho, never: random.chance(0.01) }),
        recipient,
        hasEcho,
        ifUnknown: hasEcho && random.chance(0.4) ? "resend" : "give_up",
        idempotencyKey: key,
        fingerprint: "the same",
        traceId: "trace",
      };
    });
    if (random.chance(0.25)) {
      const [one] = posted;
      if (one.idempotencyKey !== null && random.chance(0.5)) {
        // Somebody is impatient, and posts the same to the queue.
        this.#later(random.whole(0, 1500), () => this.#accept([one]));
      }
      this.#call((object) => object.sendNow(one)).then(
        (answer) => {
          if (answer.result === "stored") {
            this.#remember(one, answer.message.id);
          } else {
            this.notNow += 1;
          }
        },
        () => {},
      );
      return;
    }
    this.#accept(posted);
  }

  #accept(posted) {
    this.#call((object) => {
      const answer = object.accept(posted);
      for (const [index, { id }] of answer.messages.entries()) {
        this.#remember(posted[index], id);
      }
      this.#setAlarm();
      return object.flushOutbox();
    }).catch(() => {});
  }

  #remember(posted, id) {
    const { idempotencyKey: key } = posted;
    if (key !== null) {
      const known = this.keys.get(key) ?? id;
      if (known !== id) {
        this.errors.push(`the key "${key}" stands for ${known} and for ${id}`);
      }
      this.keys.set(key, known);
    }
    if (!this.accepted.has(id)) {
      this.accepted.set(id, posted);
    }
  }

  async #enqueue(messages) {
    if (this.graph.hasFaults && this.random.chance(0.05)) {
      throw new Error("the queue is not there");
    }
    for (const { id } of messages) {
      this.#deliverLater([id], this.random.whole(0, 3000));
      if (this.random.chance(0.05)) {
        this.#deliverLater([id], this.random.whole(0, 60_000));
      }
    }
  }

  #deliverLater(ids, delayMs) {
    this.waiting ??= [];
    this.#later(delayMs, () => {
      this.waiting.push(...ids);
      if (!this.isBatchDue) {
        this.isBatchDue = true;
        this.#later(this.random.whole(0, 1000), () => {
          this.isBatchDue = false;
          this.#consume(this.waiting.splice(0));
        });
      }
    });
  }

  /** A consumer with a batch. It may die before the object has answered, or before it has acknowledged what the object said. */
  #consume(ids) {
    const { random } = this;
    const again = (id, delayMs) => {
      const count = (this.retries.get(id) ?? 0) + 1;
      this.retries.set(id, count);
      if (count <= MAX_RETRIES) {
        this.#deliverLater([id], delayMs);
      } else {
        this.#bury(id);
      }
    };
    let isAlive = true;
    const die = () => {
      if (isAlive) {
        isAlive = false;
        // The queue may have been patient for long enough.
        const isLast = random.chance(0.1);
        for (const id of ids) {
          isLast ? this.#bury(id) : again(id, random.whole(0, 30_000));
        }
      }
    };
    if (this.graph.hasFaults && random.chance(0.05)) {
      this.#later(random.whole(0, 2000), die);
    }
    this.open += 1;
    this.#call((object) => object.deliver(ids))
      .then((verdicts) => {
        if (this.graph.hasFaults && random.chance(0.05)) {
          die();
        }
        verdicts.forEach((verdict, index) => {
          if (isAlive && verdict.action === "retry") {
            again(ids[index], Math.ceil(verdict.delayMs / 1000) * 1000);
          } else if (isAlive && verdict.action === "dead_letter") {
            this.#bury(ids[index]);
          }
        });
        isAlive = false;
      }, die)
      .finally(() => {
        this.open -= 1;
      });
  }

  #bury(id) {
    this.#later(this.random.whole(0, 5000), () => {
      this.#call((object) => object.bury([id])).then(
        ([verdict]) => verdict.action === "retry" && this.#bury(id),
        () => this.#bury(id),
      );
    });
  }

  #echo(stamp, mid) {
    this.#call((object) => object.settle([{ stamp, mid }])).then(
      () => this.echoes.push({ stamp, at: this.timeline.now }),
      // Meta delivers a webhook again that was not answered.
      () => this.timeline.after(5_000, () => this.#echo(stamp, mid)),
    );
  }

  #isSettled() {
    const [row] = this.sql
      .exec(
        "SELECT COUNT(*) AS count FROM messages WHERE status IN ('queued', 'sending') OR deadline IS NOT NULL",
      )
      .toArray();
    return row.count === 0;
  }

  judge() {
    const problems = [...this.errors];
    const rows = this.sql.exec("SELECT * FROM messages ORDER BY seq").toArray();
    const overview = this.#object().overview();
    if (!this.isOver) {
      problems.push(`not settled: ${rows.map(({ seq, status }) => `${seq} ${status}`).join(", ")}`);
    }
    const byStamp = new Map(rows.map((row) => [stampOf(row), row]));
    const ids = new Set(rows.map((row) => `${PAGE}.${stampOf(row).slice(3)}`));
    for (const id of this.accepted.keys()) {
      if (!ids.has(id)) {
        problems.push(`${id} was accepted and is lost`);
      }
    }
    for (const row of rows) {
      problems.push(...this.#judgeMessage(row));
    }
    for (const { stamp, taken } of this.graph.arrivals) {
      // A message that was to go at once and was put off is not stored: it must not have been taken.
      if (taken && !byStamp.has(stamp)) {
        problems.push(`${stamp} was taken and is not known`);
      }
    }
    problems.push(...this.#judgeOrder(byStamp), ...this.#judgeRate(), ...this.#judgePauses());
    const counted = Object.values(overview.totals).reduce((sum, count) => sum + count, 0);
    if (counted !== rows.length || overview.backlog !== 0) {
      problems.push(`${counted} messages on the board, ${rows.length} in the store`);
    }
    for (const [status, count] of Object.entries(overview.totals)) {
      const stored = rows.filter((row) => row.status === status).length;
      if (stored !== count) {
        problems.push(`the board says ${count} ${status}, the store ${stored}`);
      }
    }
    return {
      problems,
      messages: rows.length,
      arrivals: this.graph.arrivals.length,
      evictions: this.evictions,
      statuses: rows.map(({ status }) => status),
    };
  }

  #judgeMessage(row) {
    const stamp = stampOf(row);
    const taken = this.graph.arrivals.filter((one) => one.stamp === stamp && one.taken);
    const name = `message ${row.seq} (${row.status}, ${row.if_unknown}), taken ${taken.length} times`;
    const problems = [];
    const isTaken = taken.length > 0;
    if (
      ["sent", "delivered"].includes(row.status) !== isTaken &&
      ["sent", "delivered", "refused", "dead"].includes(row.status)
    ) {
      problems.push(`${name}: its state is not true`);
    }
    if (row.status === "delivered" && !this.echoes.some((one) => one.stamp === stamp)) {
      problems.push(`${name}: no echo says so`);
    }
    if (row.status === "unknown" && row.has_echo === 1) {
      problems.push(`${name}: it was never settled`);
    }
    if (taken.length > 1) {
      const [first, second] = taken;
      const echo = this.echoes.find((one) => one.stamp === stamp);
      if (
        row.if_unknown !== "resend" ||
        second.at < first.at + ECHO_WAIT_MS ||
        (echo !== undefined && echo.at < second.at)
      ) {
        problems.push(`${name}: it was sent twice`);
      }
    }
    if (row.request !== null || row.recipient !== null) {
      problems.push(`${name}: what it said is still stored`);
    }
    return problems;
  }

  /** Of each person's messages, an earlier one is first taken before a later one. */
  #judgeOrder(byStamp) {
    const last = new Map();
    const seen = new Set();
    const problems = [];
    for (const { stamp, recipient, taken } of this.graph.arrivals) {
      const seq = byStamp.get(stamp)?.seq;
      if (taken && seq !== undefined && !seen.has(stamp)) {
        seen.add(stamp);
        if (seq < (last.get(recipient) ?? 0)) {
          problems.push(`message ${seq} to ${recipient} was taken after ${last.get(recipient)}`);
        }
        last.set(recipient, Math.max(seq, last.get(recipient) ?? 0));
      }
    }
    return problems;
  }

  /** No second holds more than the rate, wherever it begins. */
  #judgeRate() {
    const { perSecond } = this.settings;
    const times = this.graph.arrivals.map(({ at }) => at);
    const over = times.findIndex((time, index) => times[index + perSecond] < time + 1000);
    return over === -1 ? [] : [`more than ${perSecond} in a second, from arrival ${over} on`];
  }

  /** While Graph has asked for silence, nothing is sent that was not under way. An object that went away may have forgotten it. */
  #judgePauses() {
    const broken = this.graph.pauses.find(({ from, until }) =>
      this.graph.arrivals.some(({ at }) => at > from && at < until),
    );
    return broken === undefined || this.evictions > 0
      ? []
      : [`sent at a time for which Graph had asked for silence, from ${broken.from}`];
  }
}

const stampOf = ({ seq, tail }) => `ms-${seq.toString(16).padStart(12, "0")}${tail}`;

// Simulates one day, second by second: messages arrive, go through the queues in batches to the object of each Page, and are sent at its rate.
import { PRICES } from "./costs.mjs";
import { shares, smoothed, volumes } from "./load.mjs";
import { LOAD, META, SENDER } from "./parameters.mjs";
import { Pairs, Queue } from "./queue.mjs";
import { logNormal, seeded, weighted } from "./random.mjs";

const TEXT = 0;
const MEDIA = 1;
const { queueMessagesPerSecond, queueBatch, queueConcurrentConsumers, connectionsPerRequest } =
  PRICES.limits;

/** Groups of Pages by rank. Waiting times are reported for each group. */
export const SIZES = [
  { name: "1 to 10", first: 0 },
  { name: "11 to 100", first: 10 },
  { name: "101 to 1,000", first: 100 },
  { name: "1,001 and above", first: 1000 },
];

/**
 * @param {{ load?: Partial<typeof LOAD>, meta?: Partial<typeof META>, sender?: Partial<typeof SENDER>, watch?: Function }} [options]
 *   `watch(second, page, kind, count)` is called for all sent messages; kind 0 is text, 1 is audio and video
 */
export function simulate({ load = {}, meta = {}, sender = {}, watch } = {}) {
  const day = new Day({ ...LOAD, ...load }, { ...META, ...meta }, { ...SENDER, ...sender }, watch);
  return day.run();
}

class Day {
  #load;
  #meta;
  #sender;
  #watch;
  #random;
  #latency;
  #drawPage;
  #campaigns;
  #answers;

  /** The state of each Page. */
  #backlog;
  #busyUntil;
  #awake;
  #requests;
  #requestsAt;
  #lastAlarm;
  #batchOf;
  #inBatch;
  #lastActive;
  #sizeOf;

  /** By Page and kind (Page * 2 + kind): the arrival times of messages that wait for the rate, and the remaining fraction of a message. */
  #held;
  #heldFrom;
  #credit;
  #rate;
  #active = [];

  #queues;
  /** Messages that return to the queue, by the second of their return. */
  #returning;
  /** The Pages and counts of messages sent in this second and the seconds before. */
  #echoes = [];
  #echoesToCome;
  #waits;
  #events;
  #peaks;
  #awakeNow = 0;
  #arrivedInMinute = 0;

  constructor(load, meta, sender, watch) {
    this.#load = load;
    this.#meta = meta;
    this.#sender = sender;
    this.#watch = watch;
    this.#random = seeded(load.seed);
    this.#latency = logNormal(meta.latencyMedianS, meta.latencySigma, this.#random);

    const { pages, daySeconds } = load;
    const byPage = volumes(load);
    const campaigns = byPage.map((volume) => Math.round(volume * load.campaignShare));
    const answers = Float64Array.from(byPage, (volume, page) => volume - campaigns[page]);
    this.#drawPage = weighted(answers, this.#random);
    this.#campaigns = this.#plan(campaigns);
    const perSecond = Array.from(
      { length: daySeconds },
      (_, second) => load.hours[Math.floor((second / daySeconds) * load.hours.length)],
    );
    this.#answers = shares(
      answers.reduce((sum, count) => sum + count, 0),
      smoothed(perSecond),
    );

    this.#backlog = new Int32Array(pages);
    this.#busyUntil = new Float64Array(pages);
    this.#awake = new Float64Array(pages);
    this.#requests = new Int32Array(pages);
    this.#requestsAt = new Int32Array(pages).fill(-1);
    this.#lastAlarm = new Int32Array(pages).fill(-1);
    this.#batchOf = new Int32Array(pages).fill(-1);
    this.#inBatch = new Int32Array(pages);
    this.#lastActive = new Int32Array(pages).fill(-1);
    this.#sizeOf = Uint8Array.from({ length: pages }, (_, page) =>
      SIZES.findLastIndex(({ first }) => page >= first),
    );

    const connections = sender.connectionsPerObject / this.#latency.mean;
    const paces = [meta.textPerSecond, meta.mediaPerSecond].map((limit) =>
      Math.min(limit * sender.paceShare, connections),
    );
    this.#rate = Float64Array.from({ length: pages * 2 }, (_, slot) => paces[slot % 2]);
    this.#credit = new Float64Array(pages * 2);
    this.#held = Array.from({ length: pages * 2 }, () => []);
    this.#heldFrom = new Int32Array(pages * 2);

    this.#queues = Array.from({ length: sender.queues }, () => new Queue());
    this.#returning = Array.from({ length: sender.longestRetryS + 2 }, () => new Pairs());
    this.#echoesToCome = Array.from({ length: sender.echoDelayS - 1 }, () => []);
    // Answers and campaigns are counted separately, since somebody waits for an answer.
    this.#waits = ["answers", "campaigns"].map(() =>
      SIZES.map(() => new Uint32Array(daySeconds + 1)),
    );
    this.#events = {
      messages: 0,
      sent: 0,
      posts: 0,
      httpPosts: 0,
      deliveries: 0,
      retries: 0,
      batches: 0,
      webhooks: 0,
      echoes: 0,
      saves: 0,
      alarms: 0,
      awakeS: 0,
    };
    this.#peaks = {
      arrivals: 0,
      arrivalsOfMinute: 0,
      sent: 0,
      backlog: 0,
      objectRequests: 0,
      pageSent: 0,
      objectsAwake: 0,
      consumers: 0,
      deliveries: 0,
      queueArrivals: 0,
      atTheDoor: 0,
    };
  }

  /** The start of each Page's campaign, and whether it is audio or video, sorted with the earliest last. */
  #plan(counts) {
    const { campaignHours, campaignSpreadS, mediaShare, daySeconds } = this.#load;
    const drawHour = weighted(campaignHours, this.#random);
    const hour = daySeconds / campaignHours.length;
    return Array.from(counts, (left, page) => ({
      page,
      left,
      start:
        Math.floor((drawHour() + Math.floor(this.#random() * 4) / 4) * hour) +
        Math.floor(this.#random() * Math.min(campaignSpreadS, hour / 4)),
      kind: this.#random() < mediaShare ? MEDIA : TEXT,
    }))
      .filter(({ left }) => left > 0)
      .sort((a, b) => b.start - a.start);
  }

  run() {
    const { daySeconds } = this.#load;
    const running = [];
    for (let second = 0; second < daySeconds; second += 1) {
      const arrivedBefore = this.#events.messages;
      this.#takeEchoes(second);
      this.#takeReturned(second);
      while (this.#campaigns.at(-1)?.start === second) {
        running.push(this.#campaigns.pop());
      }
      for (const campaign of running) {
        this.#postCampaign(campaign, second);
      }
      remove(running, ({ left }) => left === 0);
      for (let count = this.#answers[second]; count > 0; count -= 1) {
        this.#postAnswer(second);
      }
      this.#deliverAll(second);
      const sentBefore = this.#events.sent;
      this.#send(second);
      this.#note(second, this.#events.messages - arrivedBefore, this.#events.sent - sentBefore);
    }
    return this.#report();
  }

  #postAnswer(second) {
    const page = this.#drawPage();
    const kind = this.#random() < this.#load.mediaShare ? MEDIA : TEXT;
    this.#events.httpPosts += 1;
    this.#accept(page, second);
    this.#enqueue(page * 2 + kind, second * 2);
  }

  #postCampaign(campaign, second) {
    const { campaignRate, campaignPost } = this.#load;
    const count = Math.min(campaign.left, campaignRate);
    campaign.left -= count;
    for (let posted = 0; posted < count; posted += campaignPost) {
      this.#events.httpPosts += 1;
      this.#accept(campaign.page, second);
    }
    for (let posted = 0; posted < count; posted += 1) {
      this.#enqueue(campaign.page * 2 + campaign.kind, second * 2 + 1);
    }
  }

  /** The object stores a posted message. */
  #accept(page, second) {
    this.#events.posts += 1;
    this.#request(page, second, 1);
    this.#wake(page, second, this.#sender.shortCallS);
  }

  /** `arrival` is twice the second, plus one for a campaign. */
  #enqueue(slot, arrival) {
    const page = slot >> 1;
    this.#events.messages += 1;
    this.#backlog[page] += 1;
    const queue = this.#queueOf(page, arrival);
    queue.arrivals += 1;
    queue.door.push(slot, arrival);
  }

  /** The messages of a Page always use the same queue. If campaigns are separate, the first queue is for answers. */
  #queueOf(page, arrival) {
    const { length } = this.#queues;
    if (!this.#sender.separateCampaigns || length === 1) {
      return this.#queues[page % length];
    }
    return this.#queues[arrival & 1 ? 1 + (page % (length - 1)) : 0];
  }

  /** Messages that return in this second are added after those already in the queue. */
  #takeReturned(second) {
    const bucket = this.#returning[second % this.#returning.length];
    for (; bucket.length > 0; bucket.shift()) {
      const slot = bucket.first;
      this.#queueOf(slot >> 1, bucket.second).waiting.push(slot, bucket.second);
    }
  }

  /** The queues deliver in turn as many messages as they may in a second, and accept those refused before. */
  #deliverAll(second) {
    for (const queue of this.#queues) {
      for (; queue.door.length > 0 && queue.taken < queueMessagesPerSecond; queue.door.shift()) {
        queue.taken += 1;
        queue.waiting.push(queue.door.first, queue.door.second);
      }
      for (; queue.waiting.length > 0; queue.waiting.shift()) {
        const { first: slot, second: arrival } = queue.waiting;
        if (queue.delivered >= queueMessagesPerSecond || !this.#joinBatch(queue, slot, second)) {
          break;
        }
        queue.delivered += 1;
        this.#hand(queue, slot, arrival, second);
      }
      if (queue.inBatch > 0) {
        this.#endBatch(queue, second);
      }
    }
  }

  /** Hands a message to its Page's object, which accepts it or returns a time to try again. */
  #hand(queue, slot, arrival, second) {
    const page = slot >> 1;
    const held = this.#held[slot];
    const ahead = held.length - this.#heldFrom[slot];
    const waitS = ahead / this.#rate[slot];
    if (waitS > this.#sender.holdS) {
      this.#events.retries += 1;
      const { longestRetryS } = this.#sender;
      const drainS = Math.min(longestRetryS, this.#backlog[page] / this.#meta.textPerSecond);
      const delay = Math.min(longestRetryS, waitS + this.#random() * drainS);
      this.#returning[(second + Math.ceil(delay)) % this.#returning.length].push(slot, arrival);
      return;
    }
    if (ahead === 0) {
      this.#active.push(slot);
    }
    held.push(arrival);
    queue.batchWaitS = Math.max(queue.batchWaitS, waitS);
  }

  /** Makes one call of an object for each Page in a batch. False if no consumer is free. */
  #joinBatch(queue, slot, second) {
    if (queue.inBatch === 0) {
      if (queue.consumers >= queueConcurrentConsumers) {
        return false;
      }
      queue.begin(this.#events.batches);
      this.#events.batches += 1;
    }
    const page = slot >> 1;
    if (this.#batchOf[page] !== queue.batch) {
      this.#batchOf[page] = queue.batch;
      this.#inBatch[page] = 0;
      this.#events.deliveries += 1;
      this.#request(page, second, 1);
    }
    this.#inBatch[page] += 1;
    queue.batchRun = Math.max(queue.batchRun, this.#inBatch[page]);
    queue.inBatch += 1;
    if (queue.inBatch === queueBatch) {
      this.#endBatch(queue, second);
    }
    return true;
  }

  /** A consumer is busy until its last call has returned. */
  #endBatch(queue, second) {
    const sendingS = Math.ceil(queue.batchRun / connectionsPerRequest) * this.#latency.mean;
    queue.end(second, Math.max(sendingS, queue.batchWaitS));
  }

  /** Every Page sends as many messages as its rate allows in a second. */
  #send(second) {
    const still = [];
    for (const slot of this.#active) {
      const held = this.#held[slot];
      const from = this.#heldFrom[slot];
      const credit = this.#credit[slot] + this.#rate[slot];
      const count = Math.min(held.length - from, Math.floor(credit));
      // Unused credit does not accumulate: no second exceeds the rate.
      this.#credit[slot] = Math.min(credit - count, credit % 1);
      const page = slot >> 1;
      for (let at = from; at < from + count; at += 1) {
        const arrival = held[at];
        this.#waits[arrival & 1][this.#sizeOf[page]][second - (arrival >> 1)] += 1;
      }
      const hasMore = from + count < held.length;
      this.#sent(page, second, count, hasMore);
      this.#watch?.(second, page, slot & 1, count);
      if (hasMore) {
        still.push(slot);
        this.#heldFrom[slot] = from + count;
        // The memory of sent messages is released from time to time.
        if (from > 10_000) {
          held.splice(0, from + count);
          this.#heldFrom[slot] = 0;
        }
      } else {
        held.length = 0;
        this.#heldFrom[slot] = 0;
      }
    }
    this.#active = still;
  }

  #sent(page, second, count, hasMore) {
    this.#events.sent += count;
    this.#backlog[page] -= count;
    this.#peaks.pageSent = Math.max(this.#peaks.pageSent, count);
    if (count > 0) {
      this.#echoes.push(page, count);
    }
    if (second - this.#lastAlarm[page] >= this.#sender.alarmEveryS || this.#lastAlarm[page] < 0) {
      this.#lastAlarm[page] = second;
      this.#events.alarms += 1;
      this.#request(page, second, 1);
    }
    if (hasMore) {
      this.#wake(page, second, 1);
      return;
    }
    const offset = this.#random();
    for (let at = 0; at < count; at += 1) {
      this.#wake(page, second + (at + offset) / count, this.#latency(), true);
    }
  }

  /** Handles the echoes of recently sent messages, in separate or shared requests. */
  #takeEchoes(second) {
    const { echoesPerWebhook, shortCallS } = this.#sender;
    this.#echoesToCome.push(this.#echoes);
    this.#echoes = [];
    const due = this.#echoesToCome.shift();
    for (let at = 0; at < due.length; at += 2) {
      const page = due[at];
      const count = due[at + 1];
      const webhooks = Math.ceil(count / echoesPerWebhook);
      this.#events.echoes += count;
      this.#events.webhooks += webhooks;
      this.#request(page, second, webhooks);
      for (let call = 0; call < webhooks; call += 1) {
        this.#wake(page, second + call / webhooks, shortCallS, true);
      }
    }
  }

  /** Keeps an object awake for `lengthS` from `from`. When it becomes idle after sending or settling, it stores its figures. */
  #wake(page, from, lengthS, saves = false) {
    const until = this.#busyUntil[page];
    const end = from + lengthS;
    if (end <= until) {
      return;
    }
    this.#awake[page] += end - Math.max(from, until);
    if (saves && from > until) {
      this.#events.saves += 1;
    }
    this.#busyUntil[page] = end;
    const second = Math.floor(from);
    if (this.#lastActive[page] !== second) {
      this.#lastActive[page] = second;
      this.#awakeNow += 1;
    }
  }
  #request(page, second, count) {
    if (this.#requestsAt[page] !== second) {
      this.#requestsAt[page] = second;
      this.#requests[page] = 0;
    }
    this.#requests[page] += count;
    this.#peaks.objectRequests = Math.max(this.#peaks.objectRequests, this.#requests[page]);
  }

  #note(second, arrived, sent) {
    const peaks = this.#peaks;
    peaks.arrivals = Math.max(peaks.arrivals, arrived);
    this.#arrivedInMinute = second % 60 === 0 ? arrived : this.#arrivedInMinute + arrived;
    peaks.arrivalsOfMinute = Math.max(peaks.arrivalsOfMinute, this.#arrivedInMinute);
    peaks.sent = Math.max(peaks.sent, sent);
    peaks.backlog = Math.max(peaks.backlog, this.#events.messages - this.#events.sent);
    peaks.objectsAwake = Math.max(peaks.objectsAwake, this.#awakeNow);
    this.#awakeNow = 0;
    for (const queue of this.#queues) {
      peaks.queueArrivals = Math.max(peaks.queueArrivals, queue.arrivals);
      peaks.deliveries = Math.max(peaks.deliveries, queue.delivered);
      peaks.atTheDoor = Math.max(peaks.atTheDoor, queue.door.length);
      peaks.consumers = Math.max(peaks.consumers, queue.consumers);
      queue.next(second);
    }
  }

  #report() {
    const awake = Array.from(this.#awake);
    this.#events.awakeS = awake.reduce((sum, seconds) => sum + seconds, 0);
    const backlog = Array.from(this.#backlog);
    const byPage = volumes(this.#load);
    return {
      load: this.#load,
      meta: this.#meta,
      sender: this.#sender,
      latencyS: this.#latency.mean,
      events: this.#events,
      peaks: this.#peaks,
      backlog: backlog.reduce((sum, count) => sum + count, 0),
      pagesWithBacklog: backlog.filter((count) => count > 0).length,
      largestPage: byPage[0],
      pagesAwake: awake.filter((seconds) => seconds > 0).length,
      longestAwakeS: awake.reduce((most, seconds) => Math.max(most, seconds), 0),
      waits: Object.fromEntries(
        ["answers", "campaigns"].map((kind, index) => [
          kind,
          SIZES.map(({ name }, size) => ({ pages: name, ...summary(this.#waits[index][size]) })),
        ]),
      ),
    };
  }
}

/** Quantiles of waiting times in whole seconds, from their counts. */
export function summary(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const quantile = (share) => {
    const wanted = Math.ceil(total * share);
    let passed = 0;
    for (let second = 0; second < counts.length && total > 0; second += 1) {
      passed += counts[second];
      if (passed >= wanted) {
        return second;
      }
    }
    return null;
  };
  return { messages: total, p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) };
}

function remove(list, isOver) {
  for (let at = list.length - 1; at >= 0; at -= 1) {
    if (isOver(list[at])) {
      list.splice(at, 1);
    }
  }
}

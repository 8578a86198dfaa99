// The simulation of a day's load: nothing is lost in it, no Page sends too fast, and its bill is the one of the published prices.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  bill,
  million,
  PRICES,
  usageOf,
  watching,
} from "../../examples/cloudflare-worker/simulation/costs.mjs";
import { simulate, summary } from "../../examples/cloudflare-worker/simulation/day.mjs";
import { volumes } from "../../examples/cloudflare-worker/simulation/load.mjs";
import { LOAD, META, SENDER } from "../../examples/cloudflare-worker/simulation/parameters.mjs";
import {
  logNormal,
  seeded,
  weighted,
} from "../../examples/cloudflare-worker/simulation/random.mjs";
import {
  costTables,
  days,
  fingerprint,
  withTables,
} from "../../examples/cloudflare-worker/simulation/write-costs.mjs";
import { at } from "../../scripts/lib/root.mjs";

const EXAMPLE = at("examples", "cloudflare-worker");
const SMALL = { messages: 50_000, pages: 200 };
/** One Page, answers only, as much in every hour. */
const EVEN = { pages: 1, campaignShare: 0, mediaShare: 0, hours: Array(24).fill(1) };

const FIRST_HOUR = [1, ...Array(23).fill(0)];
const LAST_HOUR = [...Array(23).fill(0), 1];

describe("a day", () => {
  for (const [name, options] of Object.entries({
    "of answers and campaigns": { load: SMALL },
    "that ends before its campaign does": {
      load: { ...SMALL, pages: 1, campaignShare: 1, mediaShare: 1, campaignHours: LAST_HOUR },
    },
    "with several queues": { load: SMALL, sender: { queues: 7 } },
    "with a queue for answers": { load: SMALL, sender: { queues: 3, separateCampaigns: true } },
    "with few connections": { load: SMALL, sender: { connectionsPerObject: 1 } },
  })) {
    it(`${name} loses nothing, and no Page is faster than its rate in any second`, () => {
      const sentOf = new Map();
      const { load, events, backlog, waits, peaks } = simulate({
        ...options,
        watch(second, page, kind, count) {
          const limit = kind === 0 ? META.textPerSecond : META.mediaPerSecond;
          assert.ok(count <= limit, `${count} of Page ${page} in second ${second}`);
          sentOf.set(page, (sentOf.get(page) ?? 0) + count);
        },
      });
      assert.equal(events.messages, load.messages);
      assert.equal(events.messages, events.sent + backlog);
      const counted = [...sentOf.values()].reduce((sum, count) => sum + count, 0);
      assert.equal(counted, events.sent);
      const waited = Object.values(waits).flat();
      assert.equal(
        waited.reduce((sum, { messages }) => sum + messages, 0),
        events.sent,
      );
      assert.ok(peaks.pageSent <= META.textPerSecond);
      assert.ok(peaks.deliveries <= PRICES.limits.queueMessagesPerSecond);
      assert.ok(peaks.consumers <= PRICES.limits.queueConcurrentConsumers);
    });
  }

  it("is the same for the same seed, and another for another", () => {
    const run = (seed) => JSON.stringify(simulate({ load: { ...SMALL, seed } }));
    assert.equal(run(5), run(5));
    assert.notEqual(run(5), run(6));
  });

  it("of one message a second is what a hand can work out", () => {
    // 86,400 messages, each by itself: nothing waits, and every POST, batch, call and echo is one.
    const { events, backlog, peaks, waits } = simulate({ load: { ...EVEN, messages: 86_400 } });
    assert.deepEqual(
      [events.httpPosts, events.posts, events.batches, events.deliveries, events.retries],
      [86_400, 86_400, 86_400, 86_400, 0],
    );
    // The echo of the last second comes the day after.
    assert.equal(events.echoes, 86_399);
    assert.equal(events.alarms, 8_640);
    assert.deepEqual([backlog, peaks.pageSent, peaks.arrivals, peaks.backlog], [0, 1, 1, 0]);
    // Accept, deliver, echo, and now and then an alarm.
    assert.equal(peaks.objectRequests, 4);
    assert.deepEqual(waits.answers[0], {
      pages: "1 to 10",
      messages: 86_400,
      p50: 0,
      p99: 0,
      max: 0,
    });
    const usage = usageOf(events, SENDER);
    assert.equal(usage.queueOperations, 3 * 86_400);
    assert.equal(usage.objectRequests, 3 * 86_400 - 1 + 8_640);
    // At most an answer of Meta's and three calls, at least half of the answer, for each message.
    const each = events.awakeS / 86_400;
    assert.ok(each > META.latencyMedianS && each < 0.3, `${each} s a message`);
  });

  it("with a campaign at twice the rate waits as long as a hand works out", () => {
    // One Page, one campaign of 5,700 messages, posted 570 a second. 285 leave in each second: 2,850 wait after ten seconds, and the last one
    // has waited for ten seconds or so longer than it would have had to.
    const { events, waits, backlog, peaks } = simulate({
      load: { ...EVEN, messages: 5_700, campaignShare: 1, campaignRate: 570 },
      sender: { holdS: 1_000 },
    });
    assert.deepEqual([events.sent, backlog, events.retries], [5_700, 0, 0]);
    assert.equal(peaks.pageSent, 285);
    assert.equal(peaks.backlog, 2_850);
    assert.equal(events.httpPosts, 10);
    // The message that arrives in second n at place k leaves in second (570 n + k) / 285.
    assert.deepEqual(waits.campaigns[0], {
      pages: "1 to 10",
      messages: 5_700,
      p50: 5,
      p99: 10,
      max: 10,
    });
  });

  it("with a short hold puts messages off, which come back and are sent", () => {
    const { events, backlog } = simulate({
      load: { ...EVEN, messages: 57_000, campaignShare: 1 },
    });
    assert.ok(events.retries > 10_000, `${events.retries} retries`);
    assert.deepEqual([events.sent, backlog], [57_000, 0]);
  });

  it("is slower where an object has six connections", () => {
    const load = { ...EVEN, messages: 10_000, campaignShare: 1 };
    const { peaks, latencyS } = simulate({ load, sender: { connectionsPerObject: 6 } });
    assert.equal(peaks.pageSent, Math.ceil(6 / latencyS));
  });

  it("lets answers pass beside a campaign that is posted slower than its Page may send", () => {
    const load = { messages: 200_000, pages: 1, campaignShare: 0.5, mediaShare: 0 };
    const longest = (campaignRate) =>
      simulate({ load: { ...load, campaignRate } }).waits.answers[0].max;
    assert.equal(longest(200), 0);
    assert.ok(longest(1_000) > SENDER.holdS);
  });

  it("keeps what a queue cannot take at its door", () => {
    const load = {
      messages: 200_000,
      pages: 100,
      skew: 0,
      campaignShare: 1,
      campaignSpreadS: 1,
      mediaShare: 0,
      campaignHours: FIRST_HOUR,
    };
    const one = simulate({ load });
    assert.ok(one.peaks.queueArrivals > 5_000);
    assert.ok(one.peaks.atTheDoor > 0);
    assert.equal(one.peaks.deliveries, 5_000);
    const many = simulate({ load, sender: { queues: 100 } });
    assert.equal(many.peaks.atTheDoor, 0);
    assert.deepEqual([one.events.sent, many.events.sent], [200_000, 200_000]);
  });
});

describe("what it is made of", () => {
  it("spreads the messages over the Pages by their rank, to the last one", () => {
    const found = volumes({ messages: 1_000_003, pages: 1000, skew: 1 });
    assert.equal(
      found.reduce((sum, volume) => sum + volume, 0),
      1_000_003,
    );
    assert.ok(Math.abs(found[0] / found[9] - 10) < 0.1);
    assert.deepEqual([...volumes({ messages: 7, pages: 1, skew: 1 })], [7]);
  });

  it("draws by weight", () => {
    const draw = weighted([1, 0, 3], seeded(3));
    const counts = [0, 0, 0];
    for (let n = 0; n < 40_000; n += 1) {
      counts[draw()] += 1;
    }
    assert.equal(counts[1], 0);
    assert.ok(Math.abs(counts[0] - 10_000) < 400, `${counts}`);
  });

  it("draws latencies with the median and the tail that it is given", () => {
    const draw = logNormal(0.22, 0.65, seeded(4));
    const drawn = Array.from({ length: 40_000 }, draw).sort((a, b) => a - b);
    assert.ok(Math.abs(drawn[20_000] - 0.22) < 0.01);
    assert.ok(Math.abs(drawn[39_600] - 0.22 * Math.exp(0.65 * 2.3263)) < 0.06);
    assert.ok(Math.abs(draw.mean - 0.22 * Math.exp(0.65 ** 2 / 2)) < 0.001);
  });

  it("takes quantiles", () => {
    assert.deepEqual(summary([0, 98, 1, 1]), { messages: 100, p50: 1, p99: 2, max: 3 });
    assert.deepEqual(summary([0]), { messages: 0, p50: null, p99: null, max: null });
  });
});

describe("the bill", () => {
  const line = (usage, item, options) =>
    bill(usage, options).lines.find((one) => one.item === item);

  it("is 5 dollars for what the plan includes", () => {
    const included = Object.fromEntries(
      Object.entries(PRICES.items).map(([item, price]) => [item, price.included]),
    );
    assert.equal(bill(included).usd, 5);
    assert.equal(bill({}).usd, 5);
    assert.equal(bill({}, { included: false }).usd, 0);
  });

  // A million above what is included; of duration and storage, what the page's own examples count.
  for (const [item, above, usd] of [
    ["requests", 1_000_000, 0.3],
    ["cpuMs", 1_000_000, 0.02],
    ["queueOperations", 1_000_000, 0.4],
    ["objectRequests", 1_000_000, 0.15],
    ["objectGbSeconds", 1_000_000, 12.5],
    ["rowsRead", 1_000_000, 0.001],
    ["rowsWritten", 1_000_000, 1],
    ["storedGbMonths", 1, 0.2],
    ["dataPoints", 1_000_000, 0.25],
  ]) {
    it(`counts ${item} above what is included, and one unit just above it`, () => {
      const { included, per } = PRICES.items[item];
      assert.equal(line({ [item]: included }, item).usd, 0);
      assert.equal(line({ [item]: included + above }, item).usd, usd);
      const least = line({ [item]: included + 1 }, item).usd;
      assert.ok(Math.abs(least - usd / (above / 1)) < 1e-12 && least > 0);
      assert.equal(line({ [item]: per }, item, { included: false }).usd, PRICES.items[item].usd);
    });
  }

  it("has the sums of Cloudflare's own example: 1.5 million object requests, 100 objects of which a month lasts", () => {
    const month = { objectRequests: 1_500_000, objectGbSeconds: 1_000_000 * 0.125 };
    assert.equal(line(month, "objectRequests").usd, 0.075);
    assert.equal(line(month, "objectGbSeconds").usd, 0);
  });

  it("of a million campaign messages is what a hand can work out", () => {
    const usage = million("campaign", {
      sender: SENDER,
      meta: META,
      campaignPost: LOAD.campaignPost,
      latencyS: 0.27,
    });
    assert.equal(usage.queueOperations, 3_000_000);
    // 1,000 POSTs, 10,000 batches, a million webhooks.
    assert.equal(usage.requests, 1_011_000);
    assert.equal(usage.objectRequests, 1_000 + 10_000 + 1_000_000);
    // Accept 2, send 2, settle 1, forget 1; two for each POST.
    assert.equal(usage.rowsWritten, 6_000_000 + 2_000);
    assert.ok(Math.abs(usage.objectGbSeconds - (1_000_000 / 285) * 0.125) < 1e-6);
  });

  it("counts what an open page costs", () => {
    assert.deepEqual(watching(100, { shortCallS: 0.01 }), {
      requests: 1_800,
      objectRequests: 180_000,
      objectGbSeconds: 225,
    });
  });
});

describe("COSTS.md", () => {
  const text = readFileSync(at("examples", "cloudflare-worker", "COSTS.md"), "utf8");

  it("has the tables that the numbers give", () => {
    assert.equal(withTables(text, costTables()), text, "run simulation/write-costs.mjs --tables");
  });

  it("is of this simulation, with these parameters", () => {
    assert.deepEqual(days().fingerprint, fingerprint(), "run simulation/write-costs.mjs");
  });

  it("says in words what follows from the numbers", () => {
    const pace = META.textPerSecond * SENDER.paceShare;
    const { latencyS } = days().one;
    const delivery = PRICES.limits.connectionsPerRequest / latencyS;
    const settled = (PRICES.limits.objectGb * 1e9) / SENDER.storedBytes;
    const { accept, send, settle, forget, post, save, alarm } = SENDER.rowsWritten;
    const rows = accept + send + settle + forget;
    for (const words of [
      `A message of a campaign writes ${rows} rows`,
      `One by itself writes up to ${rows + post + 2 * save + alarm}:`,
      `${pace} a second, ${((pace * LOAD.daySeconds) / 1e6).toFixed(1)} million a day`,
      `${Math.floor(delivery)} messages a second: a Page reaches its rate with ${Math.ceil(pace / delivery)} deliveries`,
      `${Math.floor(settled / 1e6)} million settled messages of about ${SENDER.storedBytes} bytes`,
      `${SENDER.retentionDays} days a Page may send ${Math.floor(settled / 1e6 / SENDER.retentionDays)} million a day`,
      `${LOAD.campaignShare * 100} percent are campaigns`,
      `would be ${(1_000_000 / PRICES.items.cpuMs.per) * PRICES.items.cpuMs.usd} USD a million`,
    ]) {
      assert.ok(text.replace(/\s+/g, " ").includes(words), words);
    }
  });

  it("names the day of the prices and links to every page that they are from", () => {
    assert.ok(text.includes(PRICES.read));
    for (const source of Object.values(PRICES.sources)) {
      assert.ok(text.includes(source), source);
    }
  });
});

describe("the command", () => {
  const run = (...args) =>
    spawnSync(process.execPath, ["simulation/run.mjs", ...args], {
      cwd: EXAMPLE,
      encoding: "utf8",
    });
  const small = ["--messages", "20000", "--pages", "50"];

  it("prints a report, the same for the same seed", () => {
    const { status, stdout, stderr } = run(...small);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^A day of 20,000 messages over 50 Pages, 1 queue, seed 1\n/);
    assert.match(stdout, /\| messages that were sent +\| +20,000 \|/);
    assert.match(stdout, /\| SQLite: rows written +\|/);
    assert.equal(run(...small).stdout, stdout);
  });

  it("prints JSON", () => {
    const { events, usage, sender, load } = JSON.parse(
      run(...small, "--json", "--seed", "9", "--queues", "3", "--separate-campaigns").stdout,
    );
    assert.deepEqual([load.seed, sender.queues, sender.separateCampaigns], [9, 3, true]);
    assert.equal(events.messages, 20_000);
    assert.equal(usage.dataPoints, events.deliveries + events.webhooks);
  });

  it("explains itself, and what it cannot take", () => {
    assert.match(run("--help").stdout, /npm run simulate/);
    for (const args of [
      ["--messages", "many"],
      ["--pages", "0"],
      ["--queues", "1.5"],
      ["--queues", ""],
      ["--campaign-share", "2"],
      ["--unknown"],
    ]) {
      const { status, stderr } = run(...args);
      assert.equal(status, 1, args.join(" "));
      assert.match(stderr, new RegExp(args[0]));
      assert.doesNotMatch(stderr, /^ {4}at /m);
    }
  });

  it("is `npm run simulate` of the example", () => {
    const { scripts } = JSON.parse(readFileSync(`${EXAMPLE}/package.json`, "utf8"));
    assert.equal(scripts.simulate, "node simulation/run.mjs");
  });
});

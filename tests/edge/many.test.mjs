// 10,000 messages over eight Pages while things go wrong: each ends in exactly one state that is true, none arrives twice, none is lost,
// no Page goes above its rate, and each person gets theirs in order.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { acceptThenReset, error } from "../local-graph/steps.mjs";
import { pageId, startSender, until } from "./lib/sender.mjs";
import { Random } from "./model/random.mjs";

const PAGES = 8;
const MESSAGES = 10_000;
const IN_ONE_POST = 1000;
const PER_SECOND = 300;
const PEOPLE = 100;

let sender;
before(async () => {
  // The local Graph refuses what is above the rate, wherever a second begins.
  sender = await startSender({
    pages: PAGES,
    vars: { RATE_PER_SECOND: String(PER_SECOND), REQUEUE_SECONDS: "30" },
    graph: { perSecond: PER_SECOND },
  });
});
after(() => sender?.stop());

const overviews = async () => (await (await sender.get("/pages")).json()).pages;

test("10,000 messages over eight Pages, with faults", async () => {
  const random = new Random(18);
  sender.graph.script(() => {
    const drawn = random.next();
    return drawn < 0.01
      ? error({ code: 2 })
      : drawn < 0.015
        ? acceptThenReset()
        : drawn < 0.02
          ? error({ code: 10, subcode: 2018278 })
          : "ok";
  });
  const posted = Array.from({ length: MESSAGES }, (_, index) => ({
    page_id: pageId(index % PAGES),
    to: `9${random.whole(1, PEOPLE)}`,
    text: `message ${index}`,
  }));
  const ids = [];
  for (let at = 0; at < MESSAGES; at += IN_ONE_POST) {
    ids.push(...(await sender.accept(posted.slice(at, at + IN_ONE_POST))));
  }
  assert.equal(new Set(ids).size, MESSAGES);
  await sender.test("deaths", { times: 3 });
  await until(() => sender.graph.accepted.length > 1000);
  await sender.test("abort", { page: pageId(3) });
  await until(() => sender.graph.accepted.length > 3000);
  await sender.test("abort", { page: pageId(5) });
  // Not often: each look counts what waits.
  await until(
    async () => (await overviews()).every(({ backlog, sending }) => backlog === 0 && sending === 0),
    1000,
  );

  const taken = new Map();
  for (const { params, page } of sender.graph.accepted) {
    const stamp = params.message.metadata;
    assert.ok(!taken.has(stamp), "none arrives twice");
    taken.set(stamp, page);
  }
  const counts = {};
  for (let page = 0; page < PAGES; page += 1) {
    const { messages, outbox } = await sender.dump(pageId(page));
    assert.equal(messages.length, MESSAGES / PAGES);
    assert.deepEqual(outbox, []);
    for (const { seq, tail, status } of messages) {
      const isTaken = taken.delete(`ms-${seq.toString(16).padStart(12, "0")}${tail}`);
      counts[status] = (counts[status] ?? 0) + 1;
      assert.ok(
        { sent: isTaken, refused: !isTaken, dead: !isTaken, unknown: true }[status],
        `${status}, and ${isTaken ? "" : "not "}taken`,
      );
    }
  }
  assert.equal(taken.size, 0, "what arrived is known");
  console.log(JSON.stringify(counts));
  assert.ok(counts.sent > MESSAGES * 0.9 && counts.unknown > 0 && counts.refused > 0);
  const shown = (await overviews()).map(({ totals }) => totals);
  for (const [status, count] of Object.entries(counts)) {
    const sum = shown.reduce((all, totals) => all + totals[status], 0);
    assert.equal(sum, count, `the Pages show as many ${status}`);
  }

  // The local Graph refuses with 613 what is above the rate; nothing else here does.
  assert.equal(sender.graph.refused.filter(({ code }) => code === 613).length, 0);
  const last = new Map();
  for (const { recipient_id, page, params } of sender.graph.accepted) {
    const index = Number(params.message.text.split(" ")[1]);
    const lane = `${page} ${recipient_id}`;
    assert.ok(index > (last.get(lane) ?? -1), `${lane} got ${index} out of order`);
    last.set(lane, index);
  }
});

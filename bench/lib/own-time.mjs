// What the package itself takes for a message: the processor time of the main thread, with a `fetch`
// that answers at once. Needs Node 24.
import { sample } from "../payloads.mjs";
import { accountedFor, toMany } from "./pool.mjs";

const ROUNDS = 14;
/** Rounds that are not counted, in which V8 compiles what is hot. */
const WARM_UPS = 4;
const MESSAGES = 1_500;
const BODY = '{"recipient_id":"4000000001","message_id":"m_1234567890abcdef"}';
const HEADERS = {
  "content-type": "application/json",
  "x-app-usage": '{"call_count":1,"total_time":1,"total_cputime":1}',
};

/** As a real one, it answers in a later turn of the event loop. */
const answer = () =>
  new Promise((resolve) => setImmediate(() => resolve(new Response(BODY, { headers: HEADERS }))));

/**
 * @param {object} api the package
 * @returns {Promise<{ what: string, us: number }[]>}
 */
export async function ownTimes(api) {
  const options = { accessToken: "EAABbench", fetch: answer };
  const small = sample("100 B").value;
  const large = sample("4 KB").value;
  const source = toMany(small, MESSAGES);
  const nothing = () => each(async () => (await answer()).json());
  const runs = {
    nothing,
    "`send`, 100 B": () => each(() => api.send(small, options)),
    "`send`, 4 KB": () => each(() => api.send(large, options)),
    "`sendAll`, 100 B": () =>
      accountedFor(api.sendAll(source, { ...options, perSecond: Infinity }), MESSAGES),
  };
  const least = Object.fromEntries(Object.keys(runs).map((what) => [what, Infinity]));
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    for (const [what, run] of Object.entries(runs)) {
      const us = await processorTime(run);
      if (round >= 0) {
        least[what] = Math.min(least[what], us);
      }
    }
  }
  const { nothing: without, ...ours } = least;
  return Object.entries(ours).map(([what, us]) => ({ what, us: us - without }));
}

async function each(send) {
  for (let left = MESSAGES; left > 0; left -= 1) {
    await send();
  }
}

async function processorTime(run) {
  const before = process.threadCpuUsage();
  await run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / MESSAGES;
}

// Many messages: ours, and the least that JavaScript can do, a pool of bare `fetch`.
import { senders } from "../senders.mjs";
import { rotated } from "./interleave.mjs";

/**
 * @param {object} api the package
 * @param {{ url: string, token: string }} graph
 * @param {{ value: object, messages: number, concurrency: number, rounds: number }} work
 * @returns {Promise<Record<"ours" | "bare", { ms: number[], cpu: number[] }>>} of each round; cpu: milliseconds of this process
 */
export async function pools(api, graph, { value, messages, concurrency, rounds }) {
  const { bare } = await senders(api, graph, value);
  const options = {
    accessToken: graph.token,
    baseUrl: graph.url,
    concurrency,
    perSecond: Infinity,
  };
  const source = toMany(value, messages);
  const all = [
    { name: "ours", run: () => accountedFor(api.sendAll(source, options), messages) },
    { name: "bare", run: () => pool(bare, messages, concurrency) },
  ];
  const found = Object.fromEntries(all.map(({ name }) => [name, { ms: [], cpu: [] }]));
  // The first round opens the connections, and is not counted.
  for (let round = -1; round < rounds; round += 1) {
    for (const { name, run } of rotated(all, Math.abs(round))) {
      const before = process.cpuUsage();
      const began = performance.now();
      await run();
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) {
        found[name].ms.push(performance.now() - began);
        found[name].cpu.push((user + system) / 1000);
      }
    }
  }
  return found;
}

/** A request to each of so many people. */
export function toMany(request, count) {
  return Array.from({ length: count }, (_, index) => ({
    ...request,
    recipient: { id: String(4_000_000_000 + index) },
  }));
}

/** What was not sent would be fast. */
export async function accountedFor(running, messages) {
  const { sent } = await running;
  if (sent !== messages) {
    throw new Error(`sendAll sent ${sent} of ${messages} messages`);
  }
}

async function pool(send, messages, concurrency) {
  let left = messages;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await send();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

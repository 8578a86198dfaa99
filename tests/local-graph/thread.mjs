// The stand-in in a separate thread, so that it and a measured sender do not delay each other.
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { randomFaults } from "./faults.mjs";
import { startGraph } from "./server.mjs";
import * as step from "./steps.mjs";

/**
 * @param {object} [options] of startGraph, and these
 * @param {number} [options.latencyMs] after which each request is answered
 * @param {object} [options.faults] of randomFaults
 * @returns {Promise<{ url: string, told: () => Promise<{ accepted: object[], refused: object[], requests: number }>, close: () => Promise<void> }>}
 */
export async function startGraphThread(options = {}) {
  const worker = new Worker(new URL(import.meta.url), { workerData: options });
  const answer = () =>
    new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  const url = await answer();
  return {
    url,
    told() {
      worker.postMessage("tell");
      return answer();
    },
    close: async () => void (await worker.terminate()),
  };
}

if (!isMainThread && workerData !== null) {
  const { latencyMs, faults, ...options } = workerData;
  const graph = await startGraph({ keep: 100_000, ...options });
  if (faults !== undefined) {
    graph.script(randomFaults(faults));
  } else if (latencyMs !== undefined) {
    graph.script(() => step.delay(latencyMs));
  }
  parentPort.on("message", () => {
    const accepted = graph.accepted.map(({ params, message_id, at }) => ({
      params,
      message_id,
      at,
    }));
    parentPort.postMessage({ accepted, refused: graph.refused, requests: graph.requests.length });
  });
  parentPort.postMessage(graph.url);
}

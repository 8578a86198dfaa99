// What a message costs a Worker in CPU: `npm run build`, then `node bench/edge.mjs`. The figures of examples/cloudflare-worker/COSTS.md.
// A Worker's clock stands still while it computes, so the time is taken outside, of many messages in one request; of the rounds the best one
// counts, since a round can only be held up.
import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installTarball } from "../scripts/lib/pack.mjs";
import { main } from "../scripts/lib/run.mjs";
import { useLocalTools } from "../scripts/lib/setup.mjs";
import { serveWorker } from "../tests/package/lib/workerd.mjs";
import { bundleFile, workshop } from "./lib/bundle.mjs";
import { digits, table } from "./lib/markdown.mjs";

const WASM = "bindings_bg.wasm";
const STEPS = {
  send: "`createClient().send` of a message of 1 KB, against a `fetch` that answers at once",
  fetch: "that `fetch` alone, with the same body",
  validate: "`JSON.parse` and `validate` of a posted message of 1 KB",
  webhook: "`verifySignature`, `JSON.parse` and `readEvents` of an echo",
};
const WARM_UPS = 5;

await main(async () => {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "40" },
      calls: { type: "string", default: "500" },
    },
  });
  const rounds = Number(values.rounds);
  const calls = Number(values.calls);
  useLocalTools();
  const home = await installTarball(workshop());
  const entry = fileURLToPath(new URL("pages/edge-worker.js", import.meta.url));
  const bundle = await bundleFile(entry, {
    alias: {
      "messenger-send/webhook": join(home, "webhook", "index.js"),
      "messenger-send": join(home, "workerd.js"),
    },
    conditions: ["workerd", "worker", "browser"],
  });
  const folder = dirname(bundle);
  copyFileSync(join(home, WASM), join(folder, WASM));
  const modules = [
    ["worker.mjs", "esModule", "bundle.mjs"],
    [WASM, "wasm", WASM],
  ];
  // Nothing is sent to Graph: no service is asked.
  const worker = await serveWorker(folder, modules, {}, "http://127.0.0.1:9");
  try {
    const ask = async (step, count) => {
      const began = performance.now();
      const response = await fetch(`${worker.url}?${new URLSearchParams({ step, calls: count })}`);
      const answer = await response.text();
      if (answer !== "ok") {
        throw new Error(`the Worker failed: ${answer}`);
      }
      return performance.now() - began;
    };
    const best = Object.fromEntries(
      ["idle", ...Object.keys(STEPS)].map((step) => [step, Number.POSITIVE_INFINITY]),
    );
    for (let round = -WARM_UPS; round < rounds; round += 1) {
      for (const step of Object.keys(best)) {
        const ms = await ask(step, step === "idle" ? 0 : calls);
        if (round >= 0) {
          best[step] = Math.min(best[step], ms);
        }
      }
    }
    console.log(
      table(
        ["in workerd, us a message", "best"],
        Object.entries(STEPS).map(([step, name]) => [
          name,
          digits(((best[step] - best.idle) / calls) * 1000),
        ]),
      ),
    );
  } finally {
    await worker.stop();
  }
});

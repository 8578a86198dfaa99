// What the page in Chromium runs: the package as a page imports it, and the peers.
import { init, validate, validateJson } from "messenger-send";
import * as ajv from "../peers/ajv.mjs";
import * as typebox from "../peers/typebox.mjs";
import * as valibot from "../peers/valibot.mjs";
import * as zod from "../peers/zod.mjs";
import { measureValidation } from "../validation.mjs";

try {
  const began = performance.now();
  await init();
  const initMs = performance.now() - began;
  // Longer turns than in Node: a page's clock is coarser.
  const rows = measureValidation(
    { validate, validateJson },
    { ajv, typebox, valibot, zod },
    { rounds: 15, turnMs: 5, warmUpMs: 120 },
  );
  globalThis.tellTest({ initMs, rows });
} catch (error) {
  globalThis.tellTest({ failed: String(error?.stack ?? error) });
}

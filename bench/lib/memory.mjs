// Measures how the memory of the module grows.
import { readFileSync } from "node:fs";
import { at } from "../../scripts/lib/root.mjs";
import { samples } from "../payloads.mjs";

const FIRST = 1000;
const AFTER_OUTLIER = 100_000;
/** Slightly below the maximum size, 1 MiB. */
const OUTLIER_BYTES = 1_000_000;

/**
 * Checks many messages, then a large one, then many again.
 * @param {{ validate: Function, validateJson: Function }} api
 * @param {WebAssembly.Memory} memory that of the instance on which `api` runs
 * @param {number} checks in the first part
 * @param {number} [afterOutlier] checks in the last part
 * @returns {{ first: number, after: number, outlier: number, afterOutlier: number }} bytes
 */
export function growth(api, memory, checks, afterOutlier = AFTER_OUTLIER) {
  const size = () => memory.buffer.byteLength;
  const calls = mixedCalls(api);
  const repeat = (times) => {
    for (let n = 0; n < times; n += 1) {
      calls[n % calls.length]();
    }
    return size();
  };
  const first = repeat(Math.min(FIRST, checks));
  const after = repeat(checks);
  api.validateJson(outlierText());
  const outlier = size();
  return { first, after, outlier, afterOutlier: repeat(afterOutlier) };
}

/** Every way of checking, over the repository's own fixtures (small, most of what can be wrong) and the samples up to 4 KB. */
function mixedCalls(api) {
  const illegal = JSON.parse(readFileSync(at("tests", "fixtures", "illegal.json"), "utf8"))
    .map(({ request }) => request)
    .filter((request) => request !== undefined && JSON.stringify(request).length < 1000);
  const values = [
    ...illegal.slice(0, 40),
    ...samples()
      .filter(({ bytes }) => bytes.length < 5000)
      .map(({ value }) => value),
  ];
  return values.flatMap((value) => {
    const text = JSON.stringify(value);
    const bytes = new TextEncoder().encode(text);
    return [() => api.validate(value), () => api.validateJson(text), () => api.validateJson(bytes)];
  });
}

function outlierText() {
  const reply = { content_type: "text", title: "x", payload: "y" };
  const whole = (quick_replies) =>
    JSON.stringify({
      recipient: { id: "1" },
      messaging_type: "RESPONSE",
      message: { text: "x", quick_replies },
    });
  return whole(Array(Math.floor(OUTLIER_BYTES / (JSON.stringify(reply).length + 1))).fill(reply));
}

// Measures validation of every sample, in any runtime.
import { checksOfObject, checksOfText } from "./contenders.mjs";
import { interleave } from "./lib/interleave.mjs";
import { samples, TEN_MISTAKES_SIZES, tenMistakes } from "./payloads.mjs";

/**
 * @returns {{ size: string, legal: boolean, bytes: number, text: Record<string, Times>, object: Record<string, Times> }[]} one for each sample
 */
export function measureValidation(api, peers, options) {
  return samples().map((sample) => ({
    size: sample.size,
    legal: sample.legal,
    bytes: sample.bytes.length,
    text: interleave(checksOfText(api, peers, sample), options),
    object: interleave(checksOfObject(api, peers, sample), options),
  }));
}

/**
 * Measures the check of an object with ten mistakes, of which all of these find the same.
 * @returns {{ size: string, times: Record<string, Times> }[]}
 */
export function measureTenMistakes(api, { zod, valibot }, options) {
  return TEN_MISTAKES_SIZES.map(tenMistakes).map(({ size, value }) => ({
    size,
    times: interleave(
      {
        validate: () => api.validate(value),
        zod: () => zod.check(value),
        valibot: () => valibot.check(value),
        "JSON.stringify": () => JSON.stringify(value),
      },
      options,
    ),
  }));
}

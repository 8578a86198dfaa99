// Measures validation of every sample, in any runtime.
import { checksOfObject, checksOfText } from "./contenders.mjs";
import { interleave } from "./lib/interleave.mjs";
import { samples } from "./payloads.mjs";

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

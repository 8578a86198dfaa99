// What the Worker runs: `?kind=text&sample=0&name=JSON.parse&calls=100` repeats one contender. workerd's clock stands still while a
// Worker computes, so the time is taken outside. ajv and typebox make code from text, which Workers forbid.
import { validate, validateJson } from "messenger-send";
import { checksOfObject, checksOfText } from "../contenders.mjs";
import { samples } from "../payloads.mjs";
import * as valibot from "../peers/valibot.mjs";
import * as zod from "../peers/zod.mjs";

const api = { validate, validateJson };
const all = samples().map((sample) => ({
  text: checksOfText(api, { valibot, zod }, sample),
  object: checksOfObject(api, { valibot, zod }, sample),
}));

export default {
  fetch(request) {
    const asked = new URL(request.url).searchParams;
    const call = all[Number(asked.get("sample"))][asked.get("kind")][asked.get("name")];
    let result;
    for (let left = Number(asked.get("calls")); left > 0; left -= 1) {
      result = call();
    }
    return new Response(typeof result);
  },
};

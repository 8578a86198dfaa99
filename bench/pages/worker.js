// What the Worker runs: `?kind=text&sample=0&name=JSON.parse&calls=100` repeats one contender, `?kind=send&sample=4 KB&name=ours&calls=10` a send.
// workerd's clock stands still while a Worker computes, so the time is taken outside. ajv and typebox make code from text, which Workers forbid.
import { send, validate, validateJson } from "messenger-send";
import { checksOfObject, checksOfText } from "../contenders.mjs";
import { sample, samples } from "../payloads.mjs";
import * as valibot from "../peers/valibot.mjs";
import * as zod from "../peers/zod.mjs";
import { senders } from "../senders.mjs";

const api = { validate, validateJson };
const all = samples().map((sample) => ({
  text: checksOfText(api, { valibot, zod }, sample),
  object: checksOfObject(api, { valibot, zod }, sample),
}));

/** The senders of each size. */
const sending = new Map();

async function callOf(asked, env) {
  const [kind, name] = [asked.get("kind"), asked.get("name")];
  if (kind !== "send") {
    return all[Number(asked.get("sample"))][kind][name];
  }
  const size = asked.get("sample");
  if (!sending.has(size)) {
    const graph = { url: env.GRAPH_URL, token: env.TOKEN };
    sending.set(size, await senders({ send }, graph, sample(size).value));
  }
  return sending.get(size)[name];
}

export default {
  async fetch(request, env) {
    const asked = new URL(request.url).searchParams;
    const call = await callOf(asked, env);
    let result;
    for (let left = Number(asked.get("calls")); left > 0; left -= 1) {
      result = call();
      // Only what is a promise is waited for: the checks are none.
      if (result instanceof Promise) {
        await result;
      }
    }
    return new Response(typeof result);
  },
};

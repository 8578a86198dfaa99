// Sending with the built package is not much slower than bare `fetch`, and the gate can fail.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { startGraph } from "../../bench/lib/graph.mjs";
import { sample } from "../../bench/payloads.mjs";
import { senders } from "../../bench/senders.mjs";
import { judgeFigure, SENDING } from "../../scripts/lib/budgets.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { sending } from "./figures.mjs";

const NAME = "send, as a multiple of fetch with the same body";
const api = await import(pathToFileURL(at("pkg", "node.js")).href);

let graph;
before(async () => {
  graph = await startGraph();
});
after(() => graph?.close());

test(NAME, async () => {
  const is = await sending(await senders(api, graph, sample("1 KB").value), SENDING);
  const { within, note } = judgeFigure({ name: NAME, is, ...SENDING });
  console.log(note);
  assert.ok(within, note);
});

test("the gate closes before a package that sends a message several times", async () => {
  const { ours, bare } = await senders(api, graph, sample("1 KB").value);
  const often = Math.ceil(SENDING.ceiling) + 1;
  const several = async () => {
    for (let left = often; left > 0; left -= 1) {
      await ours();
    }
  };
  const is = await sending({ ours: several, bare }, { ...SENDING, tries: 1, rounds: 60 });
  assert.equal(judgeFigure({ name: NAME, is, ...SENDING }).within, false);
});

test("a message that is not accepted is no quick one", async () => {
  const { ours } = await senders(
    {
      send: async () =>
        (await api.send(sample("1 KB").value, { accessToken: graph.token, baseUrl: graph.url })) &&
        {},
    },
    graph,
    {},
  );
  await assert.rejects(ours, /did not accept/);
});

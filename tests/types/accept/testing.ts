// What a test of a user writes.
import { isSendError, type send } from "messenger-send";
import { type FakeGraph, fakeGraph, receipt, sendError, steps } from "messenger-send/testing";

const graph: FakeGraph = fakeGraph({ token: ["EAABone", "EAABtwo"], perSecond: { media: 1 } });
graph.script(steps.throttle({ times: 2 }), "silence", ({ params }) =>
  params.recipient === undefined ? steps.ok() : undefined,
);
globalThis.fetch = graph.fetch;

const error = sendError({ kind: "window", code: 10, cause: "why" });
const delivery: "not_sent" | "rejected" | "unknown" = error.delivery;
const id: string | undefined = receipt({ attempts: 2 }).message_id;
const double: typeof send = () => Promise.reject(error);
export const used = [delivery, id, double, isSendError(error), graph.accepted[0]?.message_id];

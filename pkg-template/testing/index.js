// messenger-send/testing: a fake Graph for your tests, without a server or WebAssembly.
export { fakeGraph } from "./fake-graph.js";
export { receipt, sendError } from "./results.js";
export * as steps from "./steps.js";

// messenger-send/testing: a Graph for the tests of those who use the package. It needs no server and no wasm.
export { fakeGraph } from "./fake-graph.js";
export { receipt, sendError } from "./results.js";
export * as steps from "./steps.js";

// messenger-send/webhook: the parts of webhooks that a sender needs. It loads no wasm.
export { readEvents, settle } from "./events.js";
export { newStamp } from "./stamp.js";
export { verifySignature } from "./verify.js";

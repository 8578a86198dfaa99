// messenger-send/webhook: what the sending side needs of webhooks. It loads no wasm.
export { readEvents, settle } from "./events.js";
export { newStamp } from "./stamp.js";
export { verifySignature } from "./verify.js";

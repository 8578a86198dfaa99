// `createClient`: sends with the same options and a shared rate limit.
import { letGo } from "../input/foreign.js";
import { boundOptions } from "../input/options.js";
import { releaseClient } from "../module/bindings.js";
import { withModule } from "../module/instance.js";
import { sendThrough } from "./send.js";
import { sendAllThrough } from "./send-all.js";
import { uploadThrough } from "./upload-attachment.js";

let lastClient = 0;
let registry;

export function createClient(options) {
  const bound = boundOptions(options);
  lastClient += 1;
  const id = lastClient;
  const through = (carryOut) => async (subject, overrides) =>
    carryOut(
      id,
      subject,
      overrides === undefined ? bound : { ...bound, ...boundOptions(overrides) },
    );
  const client = Object.freeze({
    send: through(sendThrough),
    sendAll: through(sendAllThrough),
    uploadAttachment: through(uploadThrough),
  });
  // The core keeps the rate limits of a client until the program releases it.
  registry ??= new FinalizationRegistry((gone) =>
    letGo(() => withModule(() => releaseClient(gone))),
  );
  registry.register(client, id);
  return client;
}

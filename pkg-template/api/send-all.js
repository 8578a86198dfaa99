// `sendAll`: reads its options, and gives a run what it needs.
import { attemptBatch, MAX_BATCH } from "./batch.js";
import { core } from "./core.js";
import { causeOfAbort } from "./cause.js";
import { notSent, SendError, ValidationError } from "./errors.js";
import { aborted, outcomeOf } from "./exchange.js";
import { bytesOf, jsonOf } from "./input.js";
import { interruptBy } from "./interrupt.js";
import { openPace } from "./pace.js";
import { relay } from "./relay.js";
import { unreadable } from "./report.js";
import { Run } from "./run.js";
import { carriedOut, started } from "./send.js";
import { fitting, forFile, readSettings } from "./settings.js";

/** At 300 messages a second enough for answers that take a third of a second. Browsers and HTTP/2 servers allow about as many. */
const CONCURRENCY = 100;
/** Batches of 50: at 300 messages a second enough for answers that take three seconds. */
const BATCHES = 20;
/** How many messages are held at least, so that a few slow recipients do not keep all others waiting. */
const HELD = 1000;
/** A batch is a part of a second's messages only, so that they stay spread. */
const BATCHES_PER_SECOND = 4;

export async function sendAll(requests, options) {
  const read = readSettings(options, ["concurrency", "perSecond", "batch", "onResult", "onProgress"]);
  const limits = readLimits(read.more);
  // A batch is always a form, as a file is.
  const settings = limits.batch ? forFile(read) : read;
  const tooEarly = await startedOrAborted(settings.signal);
  if (tooEarly === undefined) {
    core.checkOptions(settings);
  }
  const run = new Run(requests, openPace(core, paceOf(settings, limits)), workOf(settings, limits), { ...settings, ...limits });
  const caller = relay(settings.signal, (reason) => run.abort(tooEarly ?? abortError(settings, reason)));
  settings.signal = caller.signal;
  try {
    return await run.toEnd();
  } finally {
    caller.end();
  }
}

function readLimits(given) {
  const own = (name, fits, wanted) => fitting(name, given[name], fits, wanted);
  const listener = (name) => own(name, (value) => typeof value === "function", "a function");
  const batch = own("batch", (value) => typeof value === "boolean", "true or false") ?? false;
  const concurrency = own("concurrency", (value) => Number.isInteger(value) && value > 0, "a whole number above 0") ?? (batch ? BATCHES : CONCURRENCY);
  return {
    batch,
    concurrency,
    perSecond: own("perSecond", (value) => typeof value === "number" && value > 0, "a number above 0"),
    onResult: listener("onResult"),
    onProgress: listener("onProgress"),
    held: Math.max(HELD, 2 * concurrency * (batch ? MAX_BATCH : 1)),
    batchSize: (lane) => (batch ? Math.min(MAX_BATCH, Math.max(1, Math.floor(lane.perSecond / BATCHES_PER_SECOND))) : 1),
  };
}

/** The error where the signal was aborted before the wasm was there: the messages are accounted for all the same. */
async function startedOrAborted(signal) {
  try {
    await started(signal);
    return undefined;
  } catch (error) {
    if (error.kind === "aborted") {
      return error;
    }
    throw error;
  }
}

function paceOf({ options, platform }, { perSecond }) {
  const { baseUrl } = JSON.parse(options);
  return { perSecond, isInstagram: platform === "instagram" || String(baseUrl).includes("//graph.instagram.com") };
}

/** What a run does with messages; see run.js. */
function workOf(settings, { batch }) {
  return {
    prepare(request) {
      // It is read now: what the caller changes afterwards is not sent.
      const { text, reason } = jsonOf(request);
      if (reason !== undefined) {
        throw new ValidationError(unreadable(reason, settings.rules));
      }
      return { json: JSON.parse(text), plan: core.prepareSend(settings, bytesOf(text), { item: batch || undefined }) };
    },

    async attempt(messages) {
      const interrupt = interruptBy(settings.signal);
      const [{ plan, progress }] = messages;
      try {
        return await carriedOut(async () =>
          batch ? attemptBatch(core, messages, settings, interrupt) : [await outcomeOf(core, plan, settings, interrupt, progress)],
        );
      } catch (error) {
        return messages.map(() => ({ error }));
      } finally {
        interrupt.end();
      }
    },

    sourceError(cause) {
      const redact = (text) => core.redact(settings.options, text);
      return notSent("configuration", "The source of the messages threw an error.", { cause: causeOfAbort(cause, redact) });
    },
  };
}

function abortError({ options }, reason) {
  return new SendError(aborted(core, options, { attempts: 0, sent: 0 }, "aborted_before", reason).error);
}

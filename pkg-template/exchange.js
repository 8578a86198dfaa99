// One message from its first attempt to its last: the clock, the chance, the network and the waits. Every decision (what goes out,
// what an answer means, whether it is sent again) is the core's; see src/send/steps.rs.
// `core` is core.js, or what stands in for it; `plan` is what `core.prepareSend` gives; `settings` is what `readSettings` of settings.js
// made of the caller's options, once for all messages.
import { bodyOf, cancelBody, headersOf } from "./answer.js";
import { causeOfAbort, causeOfFetch } from "./cause.js";
import { SendError } from "./errors.js";
import { get, letGo, settle } from "./foreign.js";
import { interruptBy, isCut } from "./interrupt.js";
import { proven } from "./proof.js";
import { Trouble } from "./trouble.js";

/**
 * Sends until there is a receipt, or no more hope. Always settles; no timer, and no listener on the caller's signal, is left then.
 * `settings.fetch` is called as `fetch(request)` with a `Request` and `this` undefined. `settings.onRetry` is called before each
 * wait with `{ attempt, delayMs, error }`; what it throws is ignored, because a send that works must not fail for its log.
 * @returns {Promise<object>} the plain receipt
 * @throws {SendError}
 */
export async function deliver(core, plan, settings) {
  const { options, onRetry } = settings;
  const interrupt = interruptBy(settings.signal);
  const progress = { attempts: 0, sent: 0 };
  try {
    for (;;) {
      const outcome = await outcomeOf(core, plan, settings, interrupt, progress);
      if (outcome.receipt !== undefined) {
        return outcome.receipt;
      }
      const { error: details, sent, delayMs } = outcome;
      const error = new SendError(details);
      if (delayMs === undefined) {
        throw error;
      }
      progress.sent = sent;
      if (onRetry !== undefined) {
        letGo(() => onRetry({ attempt: progress.attempts, delayMs, error }));
      }
      try {
        await interrupt.pause(delayMs);
      } catch (cut) {
        throw new SendError(aborted(core, options, progress, "aborted_before", cut.reason).error);
      }
    }
  } finally {
    interrupt.end();
  }
}

/** What an attempt came to, as the core has it, with the cause. It counts the attempt in `progress`. */
export async function outcomeOf(core, plan, settings, interrupt, progress) {
  const { options } = settings;
  const redact = (text) => core.redact(options, text);
  const stopTime = interrupt.within(plan.timeoutMs);
  const at = { inFlight: false, status: undefined };
  try {
    return JSON.parse(await attempt(core, plan, settings, interrupt, progress, at));
  } catch (thrown) {
    if (isCut(thrown) && thrown.aborted) {
      return aborted(core, options, progress, at.inFlight ? "aborted" : "aborted_before", thrown.reason);
    }
    const { word, more } = isCut(thrown) ? new Trouble(at.inFlight ? "late" : "late_before", { detail: String(plan.timeoutMs) }) : thrown;
    if (word === undefined) {
      throw thrown;
    }
    const facts = { ...progress, detail: more.detail, status: at.status, random: Math.random() };
    const outcome = JSON.parse(core.readTrouble(options, facts, word));
    const cause = causeOfFetch(more.cause, redact);
    return cause === undefined ? outcome : { ...outcome, error: { ...outcome.error, cause } };
  } finally {
    stopTime();
  }
}

/** The outcome of an abort. The word is `aborted`, with a request under way, or `aborted_before`. */
export function aborted(core, options, progress, word, reason) {
  const outcome = JSON.parse(core.readTrouble(options, progress, word));
  outcome.error.cause = causeOfAbort(reason, (text) => core.redact(options, text));
  return outcome;
}

/** One request and its answer. `at` tells how far it came, also after a failure. */
async function attempt(core, plan, settings, interrupt, progress, at) {
  const { options, appSecret } = settings;
  interrupt.check();
  const text = appSecret === undefined ? plan.body : await proven(core, plan.body, settings, interrupt.race);
  const body = plan.wrap === undefined ? text : plan.wrap(text);
  const controller = newController();
  const call = caller(core, plan, settings.fetch, body, controller.signal);

  // From here on the request may leave the machine.
  progress.attempts += 1;
  at.inFlight = true;
  const answering = settle(call);
  let response;
  try {
    response = await interrupt.race(answering);
  } catch (error) {
    controller.abort();
    // An answer that comes after everybody has gone.
    answering.then(cancelBody, () => {});
    throw isCut(error) ? error : broken("no_answer", error);
  }
  const status = get(response, "status");
  if (!(Number.isInteger(status) && status >= 0 && status < 1000)) {
    throw new Trouble("no_response");
  }
  if (get(response, "type") === "error") {
    throw new Trouble("no_answer");
  }
  at.status = status;
  const headers = headersOf(response);
  let read;
  try {
    read = await bodyOf(response, interrupt.race);
  } catch (error) {
    controller.abort();
    throw isCut(error) ? error : broken("broken", error);
  }
  const { bytes, reading } = read;
  if (reading !== 0) {
    controller.abort();
  }
  // Written out: V8 takes four microseconds to spread an object into another.
  const { attempts, sent } = progress;
  return core.readAnswer(options, { attempts, sent, status, headers, reading, now: Date.now(), random: Math.random() }, bytes);
}

function broken(word, error) {
  const message = get(error, "message");
  const reason = typeof message === "string" ? message : error;
  return new Trouble(word, { detail: typeof reason === "string" ? reason : "", cause: error });
}

function newController() {
  if (["AbortController", "Request", "Headers", "URL", "URLSearchParams"].every((name) => typeof get(globalThis, name) === "function")) {
    return new AbortController();
  }
  throw new Trouble("no_fetch");
}

/** The call that sends the body: to the caller's `fetch` with one `Request`, or to the global one, which needs no second one made of it. */
function caller(core, { url, contentType, authorization }, own, body, signal) {
  const fetch = own ?? globalThis.fetch;
  if (typeof fetch !== "function") {
    throw new Trouble("no_fetch");
  }
  const { request, takesSignal } = blank(core, url, contentType, signal);
  const init = { body };
  if (takesSignal) {
    init.signal = signal;
  }
  if (authorization !== undefined) {
    init.headers = { "Content-Type": contentType, Authorization: authorization };
  }
  return own === undefined ? () => fetch(request, init) : () => own(new Request(request, init));
}

/** The last request that gloo-net built, and for which runtime: building one takes a tenth of the time of a send. There is no secret in it. */
let built = {};

/**
 * A request without its body. gloo-net panics at an exception that is no `Error` of this realm, so one like it is tried first. Where
 * a test's environment has put its own AbortController beside the runtime's fetch, the request goes without the signal: the
 * caller's promise is settled all the same.
 */
function blank(core, url, contentType, signal) {
  const { AbortController, Headers, Request } = globalThis;
  if (built.url !== url || built.contentType !== contentType || built.AbortController !== AbortController || built.Headers !== Headers || built.Request !== Request) {
    const takes = (tried) => {
      try {
        new Request(new URL(url), { method: "POST", redirect: "manual", headers: new Headers({ "Content-Type": "a/b" }), signal: tried });
        return true;
      } catch {
        return false;
      }
    };
    const takesSignal = takes(signal);
    if (!takesSignal && !takes(undefined)) {
      throw new Trouble("no_address");
    }
    const request = core.buildRequest(url, contentType);
    if (request === undefined) {
      throw new Trouble("no_address");
    }
    built = { url, contentType, AbortController, Headers, Request, takesSignal, request };
  }
  return built;
}

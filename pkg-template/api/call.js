// Makes a call of the core that talks to Graph, as a promise that always settles.
import { causeOfAbort, redactedCopy } from "../errors/cause.js";
import { breakdownError, notSent, SendError } from "../errors/errors.js";
import { letGo } from "../input/foreign.js";
import { plain } from "../input/members.js";
import { listenTo } from "../input/signal.js";
import { abort as abortCall, redact as redactInCore } from "../module/bindings.js";
import { init, isStarted, withModule } from "../module/instance.js";
import { whilePending } from "../module/pending.js";
import { validationErrorOf } from "./report.js";

let lastId = 0;

/**
 * Calls a function of the core that returns a promise.
 * @param {(call: object) => Promise<unknown>} callee one of the module's exports
 * @param {object} given the options, as read by options.js, and the other members of the call; see
 * bindings/src/sending/call.rs
 */
export async function callCore(callee, given) {
  const { accessToken, appSecret, signal } = given.options;
  const secrets = [accessToken, appSecret].filter((secret) => typeof secret === "string");
  const redact = redactor(secrets);
  if (!isStarted()) {
    await started(signal, redact);
  }
  lastId += 1;
  const id = lastId;
  /** Once the caller has aborted: the reason, as `{ value }`. */
  let aborted;
  const call = {
    __proto__: null,
    ...given,
    id,
    wasDispatched: false,
    dispatched() {
      call.wasDispatched = true;
    },
    async provideToken() {
      const token = await accessToken();
      if (typeof token === "string") {
        secrets.push(token);
      }
      return token;
    },
    /** Exceptions of a listener are ignored: logging must not make a send fail. */
    tell(name, info) {
      const listener = given.options[name];
      if (listener) {
        letGo(() => listener(plain(info)));
      }
    },
    /** @param {{ value: unknown }} [failure] what the caller's code threw, if it is the cause */
    errorOf: (value, failure) =>
      errorOf(value, redact, { __proto__: null, aborted, configuration: failure }),
  };
  const abortInCore = () => letGo(() => withModule(() => abortCall(id)));
  return new Promise((resolve, reject) => {
    const stopListening = listenTo(signal, (reason) => {
      aborted = { value: reason };
      abortInCore();
    });
    const settled = whilePending(() => {
      call.broken?.();
      reject(breakdownError(call.wasDispatched));
    });
    const carryOut = async () => {
      try {
        resolve(plain(await withModule(() => callee(call))));
      } catch (error) {
        reject(call.errorOf(error));
      } finally {
        settled();
        stopListening();
      }
    };
    carryOut().catch(reject);
    if (aborted !== undefined) {
      abortInCore();
    }
  });
}

/** Redacts secrets in a text: by the core, or, before it has started, only unencoded ones. */
function redactor(secrets) {
  return (text) => {
    if (isStarted()) {
      return withModule(() => redactInCore(text, secrets));
    }
    return secrets.some((secret) => secret !== "" && text.includes(secret)) ? "<redacted>" : text;
  };
}

/**
 * Converts an error of the core to one of the package.
 * @param {Record<string, { value: unknown } | undefined>} reasons what came from the caller, by the
 * kind of the error that it causes
 */
function errorOf(value, redact, reasons) {
  if (value?.name === "ValidationError") {
    return validationErrorOf(value.details);
  }
  if (value?.name !== "SendError") {
    return breakdownError(true);
  }
  const { name, exception, usage, ...details } = { __proto__: null, ...value };
  const reason = reasons[details.kind];
  const cause =
    reason === undefined ? redactedCopy(exception, redact) : causeOfAbort(reason.value, redact);
  const isCaused = reason !== undefined || cause !== undefined;
  return new SendError({ ...details, usage: plain(usage), ...(isCaused && { cause }) });
}

/** Waits for the module, until the caller's signal aborts. */
function started(signal, redact) {
  return new Promise((resolve, reject) => {
    const fail = (kind, message, cause) => reject(notSent(kind, message, { cause }));
    const stopListening = listenTo(signal, (reason) =>
      fail("aborted", "The send was aborted before the request.", causeOfAbort(reason, redact)),
    );
    const failed = (cause) =>
      fail(
        "configuration",
        `messenger-send could not be started: ${cause?.message ?? cause}`,
        cause,
      );
    init().then(resolve, failed).finally(stopListening);
  });
}

// Makes a call of the core that talks to Graph, as a promise that always settles.
import { causeOfAbort, causeOfFetch } from "../errors/cause.js";
import {
  breakdownError,
  configurationError,
  notSent,
  SendError,
  ValidationError,
} from "../errors/errors.js";
import { letGo, settle } from "../input/foreign.js";
import { listenTo } from "../input/signal.js";
import { abort as abortCall, nearestName, redact as redactInCore } from "../module/bindings.js";

import { init, isStarted, withModule } from "../module/instance.js";
import { whilePending } from "../module/pending.js";
import { unreadable, validationErrorOf } from "./report.js";

let lastId = 0;

/**
 * Calls a function of the core that returns a promise.
 * @param {(call: object) => Promise<unknown>} callee one of the module's exports
 * @param {object} options as read by options.js
 * @param {object} values the other members of the call; see bindings/src/sending/call.rs
 */
export async function callCore(callee, options, values) {
  await started(options);
  rejectUnknown(options);
  if (values.reason !== undefined) {
    throw new ValidationError(unreadable(values.reason, options.ruleOptions));
  }
  lastId += 1;
  const id = lastId;
  const secrets = [options.appSecret].filter((secret) => secret !== undefined);
  const redact = redactor(secrets);
  const abort = { isAborted: false, reason: undefined };
  const call = {
    ...coreOptions(options, secrets),
    ...values,
    id,
    wasDispatched: false,
    dispatched() {
      call.wasDispatched = true;
    },
    onRetry: (info, error) =>
      tell(options.onRetry, () => ({ ...info, error: errorOf(error, redact) })),
    errorOf(value) {
      const error = errorOf(value, redact, abort);
      return call.mend === undefined ? error : call.mend(error, redact);
    },
  };
  const abortInCore = () => letGo(() => withModule(() => abortCall(id)));
  return new Promise((resolve, reject) => {
    const settled = whilePending(() => {
      call.broken?.();
      reject(breakdownError(call.wasDispatched));
    });
    const stopListening = listenTo(options.signal, (reason) => {
      Object.assign(abort, { isAborted: true, reason });
      abortInCore();
    });
    const calling = settle(() => withModule(() => callee(call)));
    if (abort.isAborted) {
      abortInCore();
    }
    calling
      .then(
        (value) => resolve(call.resultOf?.(value) ?? value),
        (error) => reject(call.errorOf(error)),
      )
      .finally(() => {
        settled();
        stopListening();
      });
  });
}

/** The members of a call that come from the options. */
function coreOptions({ plain, ruleOptions, accessToken, fetch, onRequest, onResponse }, secrets) {
  const isFixed = typeof accessToken !== "function";
  if (isFixed && accessToken !== undefined) {
    secrets.push(accessToken);
  }
  return {
    options: plain,
    rules: ruleOptions,
    accessToken: isFixed ? (accessToken ?? "") : undefined,
    async provideToken() {
      const token = await accessToken();
      if (typeof token === "string") {
        secrets.push(token);
      }
      return token;
    },
    fetch,
    isObserved: onRequest !== undefined || onResponse !== undefined,
    onRequest: (info) => tell(onRequest, () => info),
    onResponse: (info) => tell(onResponse, () => info),
  };
}

/**
 * Calls a listener of the caller. Its exceptions are ignored: logging must not make a send fail.
 */
export function tell(listener, info) {
  if (listener !== undefined) {
    letGo(() => listener(info()));
  }
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

/** Converts a rejection of the core to an error of the package. */
export function errorOf(value, redact, abort) {
  if (value instanceof SendError || value instanceof ValidationError) {
    return value;
  }
  if (value?.name === "ValidationError") {
    return validationErrorOf(value.details);
  }
  if (value?.name !== "SendError") {
    return breakdownError(true);
  }
  if (value.kind === "aborted" && abort?.isAborted) {
    return new SendError({ ...value, cause: causeOfAbort(abort.reason, redact) });
  }
  const cause = Object.hasOwn(value, "exception")
    ? causeOfFetch(value.exception, redact)
    : undefined;
  return new SendError(cause === undefined ? value : { ...value, cause });
}

/** Throws for an unknown option, and suggests the one with the most similar name. */
function rejectUnknown({ unknown, known }) {
  if (unknown.length > 0) {
    const [name] = unknown;
    const near = withModule(() => nearestName(name, known));
    throw configurationError(
      `There is no option ${shortened(name)}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
    );
  }
}

function shortened(name) {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

/** Waits for the module, until the caller's signal aborts. */
async function started(options) {
  if (isStarted()) {
    return;
  }
  const redact = redactor(
    [options.accessToken, options.appSecret].filter((secret) => typeof secret === "string"),
  );
  let stopListening;
  const aborted = new Promise((_, reject) => {
    const abort = (reason) =>
      reject(
        notSent("aborted", "The send was aborted before the request.", {
          cause: causeOfAbort(reason, redact),
        }),
      );
    stopListening = listenTo(options.signal, abort);
  });
  const loaded = init().catch((cause) => {
    throw notSent(
      "configuration",
      `messenger-send could not be started: ${cause?.message ?? cause}`,
      { cause },
    );
  });
  try {
    await Promise.race([loaded, aborted]);
  } finally {
    stopListening();
  }
}

// Reads messages from the caller's source: a list, a generator, a stream. The source is untrusted,
// and may never answer.
import { configurationError } from "../errors/errors.js";
import { get, letGo, settle } from "./foreign.js";
import { jsonOf } from "./json.js";

/** The number of steps before timers and the caller's abort get a turn. */
const STEPS_PER_TURN = 100;

/**
 * @param {Iterable | AsyncIterable} messages
 * @param {boolean} keepsMessages until `take` returns them
 * @throws {SendError} if it is not iterable
 */
export function openSource(messages, keepsMessages) {
  const { iterator, isAsync } = iteratorOf(messages);
  const requests = new Map();
  let taken = 0;
  let steps = 0;

  /**
   * A step for the core. The message is read now, so that later changes by the caller have no
   * effect.
   */
  const stepOf = ({ done, value }) => {
    if (done) {
      return { __proto__: null, isDone: true };
    }
    if (keepsMessages) {
      requests.set(taken, value);
      taken += 1;
    }
    const { text, reason } = jsonOf(value);
    return text ?? { __proto__: null, reason };
  };
  const failed = (error) => {
    source.failure = { value: error };
    return { __proto__: null, isFailed: true };
  };

  const source = {
    /** The number of messages, if the source knows it: an array or a set. */
    total: isAsync
      ? undefined
      : [get(messages, "length"), get(messages, "size")].find(
          (size) => Number.isInteger(size) && size >= 0,
        ),
    /** The exception of the source, as `{ value }`. */
    failure: undefined,

    /**
     * The next step: the JSON of a message, `{ reason }` if it has none, `{ isDone }`, or
     * `{ isFailed }` if the source threw; or a promise for it, or for `undefined`.
     */
    next() {
      steps += 1;
      if (steps % STEPS_PER_TURN === 0) {
        return macrotask();
      }
      if (isAsync) {
        return settle(() => iterator.next())
          .then(stepOf)
          .catch(failed);
      }
      try {
        return stepOf(iterator.next());
      } catch (error) {
        return failed(error);
      }
    },

    /** Closes the source without waiting for it, since a stuck generator would never close. */
    close: () => letGo(() => iterator.return?.()),

    /** The message at this index, which is returned once. */
    take(index) {
      const request = requests.get(index);
      requests.delete(index);
      return request;
    },

    /** The messages that have not been returned yet. */
    left: () => [...requests.keys()],
  };
  return source;
}

function macrotask() {
  return new Promise((resolve) => (globalThis.setImmediate ?? setTimeout)(() => resolve()));
}

function iteratorOf(messages) {
  try {
    const isAsync = typeof messages[Symbol.asyncIterator] === "function";
    return { iterator: messages[isAsync ? Symbol.asyncIterator : Symbol.iterator](), isAsync };
  } catch {
    throw configurationError(
      "sendAll takes an iterable or an async iterable of requests, such as an array or a generator.",
    );
  }
}

// Takes messages from where the caller keeps them: a list, a generator, a stream. Nothing of it is trusted to answer.
import { configurationError } from "../errors/errors.js";
import { get, letGo } from "./foreign.js";
import { jsonOf } from "./json.js";

/** So many steps are taken at once before timers and the caller's abort have their turn. */
const STEPS_PER_TURN = 100;

/**
 * @param {Iterable | AsyncIterable} messages
 * @throws {SendError} where it cannot be iterated
 */
export function openSource(messages) {
  const { iterator, isAsync } = iteratorOf(messages);
  const requests = new Map();
  let taken = 0;
  let steps = 0;

  /** A step as the core takes it. The message is read now: what the caller changes afterwards is not sent. */
  const stepOf = ({ done, value }) => {
    if (done) {
      return { isDone: true };
    }
    requests.set(taken, value);
    taken += 1;
    return jsonOf(value);
  };
  const failed = (error) => {
    source.failure = { error };
    return {};
  };
  const taking = (take) => {
    try {
      return stepOf(take());
    } catch (error) {
      return failed(error);
    }
  };

  const source = {
    /** How many there are, where the source is one that knows: an array, a set. */
    total: isAsync
      ? undefined
      : [get(messages, "length"), get(messages, "size")].find(
          (size) => Number.isInteger(size) && size >= 0,
        ),
    /** What the source threw, as `{ error }`. */
    failure: undefined,

    /** The next step: `{ text }`, `{ reason }`, `{ isDone }`, nothing of that where the source threw; or a promise for it, or for `undefined`. */
    next() {
      steps += 1;
      if (steps % STEPS_PER_TURN === 0) {
        return macrotask();
      }
      if (!isAsync) {
        return taking(() => iterator.next());
      }
      return new Promise((resolve) => resolve(iterator.next())).then(
        (step) => taking(() => step),
        failed,
      );
    },

    /** No more is wanted. It is not waited for: a generator that is stuck would never close. */
    close: () => letGo(() => iterator.return?.()),

    /** The message at this place, which is handed back once. */
    take(index) {
      const request = requests.get(index);
      requests.delete(index);
      return request;
    },

    /** Those that are not handed back yet. */
    left: () => [...requests.keys()],
  };
  return source;
}

function macrotask() {
  return new Promise((resolve) => (globalThis.setImmediate ?? setTimeout)(resolve)).then(
    () => undefined,
  );
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

// Takes messages from where the caller keeps them: a list, a generator, a stream. Nothing of it is trusted to answer.
import { notSent } from "./errors.js";
import { letGo } from "./foreign.js";

/**
 * @param {Iterable | AsyncIterable} messages
 * @param {() => void} wake told when a step that was awaited is there
 * @throws {SendError} where it cannot be iterated
 */
export function openSource(messages, wake) {
  const { iterator, isAsync } = iteratorOf(messages);
  let step;
  let isAwaited = false;

  const arrived = (next) => {
    step = next;
    isAwaited = false;
    wake();
  };

  return {
    /** How many there are, where the source is one that knows: an array, a set. */
    total: isAsync ? undefined : [messages.length, messages.size].find((size) => Number.isInteger(size) && size >= 0),

    /** The next step: `{ value }`, `{ done: true }`, `{ error }` if it threw, or undefined while it is awaited. */
    next() {
      if (isAwaited) {
        return undefined;
      }
      if (step !== undefined) {
        const taken = step;
        step = undefined;
        return taken;
      }
      if (!isAsync) {
        return stepOf(() => iterator.next());
      }
      isAwaited = true;
      new Promise((resolve) => resolve(iterator.next())).then((next) => arrived(stepOf(() => next)), (error) => arrived({ error }));
      return undefined;
    },

    /** No more is wanted. It is not waited for: a generator that is stuck would never close. */
    close: () => letGo(() => iterator.return?.()),
  };
}

function iteratorOf(messages) {
  try {
    const isAsync = typeof messages[Symbol.asyncIterator] === "function";
    return { iterator: messages[isAsync ? Symbol.asyncIterator : Symbol.iterator](), isAsync };
  } catch {
    throw notSent("configuration", "sendAll takes an iterable or an async iterable of requests, such as an array or a generator.");
  }
}

function stepOf(take) {
  try {
    const { done, value } = take();
    return done ? { done: true } : { value };
  } catch (error) {
    return { error };
  }
}

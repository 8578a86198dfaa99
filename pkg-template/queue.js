// Who is next: a message goes only when the one before it to the same recipient is settled. Different recipients do not wait for each other.

/** @param {{ ready: object[] }[]} lanes a message has its `lane` and, as `key`, its recipient */
export function openQueue(lanes) {
  /** The messages that wait for an earlier one to their recipient. A recipient is there as long as one of its messages is not settled. */
  const behind = new Map();

  const ready = (message) => {
    message.readyAt = performance.now();
    message.lane.ready.push(message);
  };

  return {
    add(message) {
      const waiting = behind.get(message.key);
      if (waiting === undefined) {
        behind.set(message.key, []);
        ready(message);
      } else {
        waiting.push(message);
      }
    },

    /** The message, which is not settled, is to go once more. */
    again: ready,

    /** The message is settled: the next one to its recipient may go. */
    settled({ key }) {
      const next = behind.get(key)?.shift();
      if (next === undefined) {
        behind.delete(key);
      } else {
        ready(next);
      }
    },

    /** Every message that waits, in no order; none of them is left. */
    clear() {
      return [...lanes.map((lane) => lane.ready), ...behind.values()].flatMap((messages) => messages.splice(0));
    },
  };
}

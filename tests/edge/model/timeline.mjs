// Virtual time: what is to happen, in the order of its time. Nothing waits for a real clock.
export class Timeline {
  now = Date.UTC(2026, 10, 28, 10);
  #events = [];
  #count = 0;

  after(delayMs, happen) {
    const event = { time: this.now + Math.max(0, delayMs), order: this.#count, happen };
    this.#count += 1;
    const at = this.#events.findLastIndex(({ time }) => time <= event.time);
    this.#events.splice(at + 1, 0, event);
  }

  sleep(delayMs) {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /** Plays events until `isOver` or until none is left, and gives whether it was over. */
  async play(isOver, horizonMs) {
    const end = this.now + horizonMs;
    for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) {
      if (event.time > end) {
        return false;
      }
      this.now = event.time;
      event.happen();
      // What the event has set off runs until it waits for another one.
      await new Promise(setImmediate);
      if (isOver()) {
        return true;
      }
    }
    return isOver();
  }
}

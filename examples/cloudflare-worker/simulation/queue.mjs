// One queue of the platform: the messages that wait for it and in it, and the consumers that it keeps busy.

/** The state of a queue in this second, and the batch that is being filled. */
export class Queue {
  arrivals = 0;
  taken = 0;
  delivered = 0;
  consumers = 0;
  batch = -1;
  inBatch = 0;
  batchRun = 0;
  batchWaitS = 0;
  /** Messages refused by the queue because of its limit per second; the sender tries again. */
  door = new Pairs();
  /** Messages in the queue that are not delivered yet. */
  waiting = new Pairs();
  #ends = new Map();

  begin(batch) {
    this.batch = batch;
    this.batchRun = 0;
    this.batchWaitS = 0;
    this.consumers += 1;
  }

  end(second, lengthS) {
    const at = second + Math.max(1, Math.round(lengthS));
    this.#ends.set(at, (this.#ends.get(at) ?? 0) + Math.min(1, lengthS));
    // If the batch is short, the rest of the second is free for others.
    this.consumers -= 1 - Math.min(1, lengthS);
    this.inBatch = 0;
  }

  next(second) {
    this.consumers = Math.max(0, this.consumers - (this.#ends.get(second + 1) ?? 0));
    this.#ends.delete(second + 1);
    this.arrivals = 0;
    this.taken = 0;
    this.delivered = 0;
  }
}

/** A FIFO queue of pairs of whole numbers. */
export class Pairs {
  length = 0;
  #values = new Int32Array(32);
  #from = 0;

  push(first, second) {
    if (this.length * 2 === this.#values.length) {
      this.#grow();
    }
    const at = (this.#from + this.length * 2) & (this.#values.length - 1);
    this.#values[at] = first;
    this.#values[at + 1] = second;
    this.length += 1;
  }

  get first() {
    return this.#values[this.#from];
  }

  get second() {
    return this.#values[this.#from + 1];
  }

  shift() {
    this.#from = (this.#from + 2) & (this.#values.length - 1);
    this.length -= 1;
  }

  /** The size stays a power of two, so that a mask gives the position. */
  #grow() {
    const more = new Int32Array(this.#values.length * 2);
    more.set(this.#values.subarray(this.#from));
    more.set(this.#values.subarray(0, this.#from), this.#values.length - this.#from);
    this.#values = more;
    this.#from = 0;
  }
}

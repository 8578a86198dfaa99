// What went wrong in an attempt, by its word in src/send/trouble.rs: the core says what it means for the message.

export class Trouble {
  /** @param {{ detail?: string, status?: number, cause?: unknown }} [more] `cause` is what the runtime threw */
  constructor(word, more = {}) {
    this.word = word;
    this.more = more;
  }
}

// Ids of messages, attachments and traces: counted, so that a test that prints them prints the same each time.

const FIRST_ATTACHMENT = 1_000_000_000_000_000;

export class Ids {
  #prefix;
  #made;

  /** @param {string} prefix tells the ids of two stand-ins apart */
  constructor(prefix) {
    this.#prefix = prefix;
    this.reset();
  }

  reset() {
    this.#made = { messages: 0, attachments: 0, traces: 0 };
  }

  message() {
    return `m_${this.#prefix}${(this.#made.messages += 1)}`;
  }

  attachment() {
    return String(FIRST_ATTACHMENT + (this.#made.attachments += 1));
  }

  trace() {
    return `A${this.#prefix}${(this.#made.traces += 1)}`;
  }
}

// The ids of messages, attachments and traces: counted, so that snapshots are stable.

const FIRST_ATTACHMENT = 1_000_000_000_000_000;

export class Ids {
  #prefix;
  #made;

  /** @param {string} prefix distinguishes the ids of two stand-ins */
  constructor(prefix) {
    this.#prefix = prefix;
    this.reset();
  }

  reset() {
    this.#made = { messages: 0, attachments: 0, traces: 0 };
  }

  message() {
    this.#made.messages += 1;
    return `m_${this.#prefix}${this.#made.messages}`;
  }

  attachment() {
    this.#made.attachments += 1;
    return String(FIRST_ATTACHMENT + this.#made.attachments);
  }

  trace() {
    this.#made.traces += 1;
    return `A${this.#prefix}${this.#made.traces}`;
  }
}

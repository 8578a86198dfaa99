// Polls the Worker for its Pages: every two seconds while it answers, with growing intervals while it does not.
import { readPages, readProblem } from "./answer.js";

const INTERVAL_MS = 2_000;
const LONGEST_MS = 60_000;
const TIMEOUT_MS = 10_000;
const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;
/** The longest `Retry-After` that is honoured. */
const LONGEST_RETRY_AFTER_MS = 60 * 60_000;
/** A shorter key may occur in a text by chance. */
const SHORTEST_KEY = 8;

export class Poller {
  #key;
  #tell;
  #timer;
  #exchange;
  #failures = 0;
  /** The earliest time of the next request, as the Worker demanded. */
  #notBefore = 0;

  /**
   * @param {string} key sent in the header `Authorization` and nowhere else
   * @param {{ pages: Function, problem: Function, refused: Function }} tell
   *   `pages(pages, offset)`: the Pages, and by how many milliseconds the Worker's clock is ahead;
   *   `problem({ title, detail, retryAt, early })`: a failure, with the time of the next request and whether an earlier one is allowed;
   *   `refused(problem)`: the key is unknown, and polling has stopped
   */
  constructor(key, tell) {
    this.#key = key;
    this.#tell = tell;
  }

  /** Sends a request now, or as soon as the Worker allows it. */
  start() {
    this.stop();
    const wait = this.#notBefore - Date.now();
    if (wait > 0) {
      this.#again(wait);
    } else {
      this.#ask();
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#exchange?.abort();
    this.#exchange = undefined;
  }

  async #ask() {
    const exchange = new AbortController();
    this.#exchange = exchange;
    const timeout = setTimeout(() => exchange.abort(), TIMEOUT_MS);
    let answer;
    try {
      answer = await this.#request(exchange.signal);
    } catch {
      answer = { title: "The Worker does not answer" };
    } finally {
      clearTimeout(timeout);
    }
    // Another exchange means that polling was stopped or restarted during the request.
    if (this.#exchange === exchange) {
      this.#take(answer);
    }
  }

  async #request(signal) {
    const response = await fetch("/pages", {
      headers: { Accept: "application/json", Authorization: `Bearer ${this.#key}` },
      cache: "no-store",
      credentials: "same-origin",
      // The key is sent to this Worker only.
      redirect: "error",
      signal,
    });
    const body = this.#parse(await response.text());
    if (!response.ok) {
      return {
        status: response.status,
        retryAfterMs: retryAfter(response.headers.get("Retry-After")),
        ...(readProblem(body) ?? { title: `The Worker answers ${response.status}` }),
      };
    }
    try {
      const date = Date.parse(response.headers.get("Date"));
      return { pages: readPages(body), offset: Number.isNaN(date) ? 0 : date - Date.now() };
    } catch {
      return { title: "The Worker's answer cannot be read", detail: "It holds no list of Pages." };
    }
  }

  #take({ pages, offset, status, title, detail, retryAfterMs = 0 }) {
    if (pages !== undefined) {
      this.#failures = 0;
      this.#again(INTERVAL_MS);
      this.#tell.pages(pages, offset);
      return;
    }
    if (status === UNAUTHORIZED) {
      this.stop();
      this.#tell.refused({ title, detail });
      return;
    }
    this.#failures += 1;
    const backOff = Math.min(LONGEST_MS, INTERVAL_MS * 2 ** this.#failures);
    const delay = Math.max(backOff, Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
    const retryAt = Date.now() + delay;
    const early = status !== TOO_MANY_REQUESTS;
    this.#notBefore = early ? 0 : retryAt;
    this.#again(delay);
    this.#tell.problem({ title, detail, retryAt, early });
  }

  #again(delay) {
    this.#timer = setTimeout(() => this.#ask(), delay);
  }

  /** Parses JSON, or returns undefined. Removes the key from every text, in case a response contains it. */
  #parse(json) {
    const key = this.#key;
    const hide = (_, value) => (typeof value === "string" ? value.replaceAll(key, "[key]") : value);
    // An escape may spell a part of the key.
    const mayHoldKey = key.length >= SHORTEST_KEY && (json.includes(key) || json.includes("\\"));
    try {
      return JSON.parse(json, mayHoldKey ? hide : undefined);
    } catch {
      return undefined;
    }
  }
}

/** The header's seconds or date, as milliseconds from now. */
function retryAfter(value) {
  const ms = /^\d+$/.test(value ?? "") ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : 0;
}

// What answers for Graph, without a transport: it reads a request, decides what is answered, and remembers both.
// fake-graph.js puts it behind a `fetch`; the repository's tests put it behind a socket.
import { Answers, remember } from "./answers.js";
import { readBody } from "./bodies.js";
import { answerHeaders } from "./headers.js";
import { compose, Script } from "./script.js";

export class Engine {
  /** What was received, oldest first. The array stays the same one. */
  requests = [];

  #answers;
  #script = new Script();
  #ids;
  #keep;

  /** @param {object} options those of `Answers` */
  constructor({ keep, ids, ...options }) {
    this.#answers = new Answers({ keep, ids, ...options });
    this.#ids = ids;
    this.#keep = keep;
  }

  get accepted() {
    return this.#answers.accepted;
  }

  get refused() {
    return this.#answers.refused;
  }

  script(...given) {
    this.#script.add(given);
  }

  reset() {
    this.requests.length = 0;
    this.#answers.reset();
    this.#script.reset();
  }

  /**
   * Reads a request and remembers it.
   * @param {object} request
   * @param {string} request.method
   * @param {URL} request.url
   * @param {Record<string, string>} request.headers names in lower case
   * @param {string | Uint8Array | FormData | URLSearchParams} request.body
   * @param {(read: { params: object, files: object }) => object} record what is remembered of it
   * @returns {Promise<{ call: object, record: object }>}
   */
  async take({ method, url, headers, body }, record) {
    const { params, files, wrong } = await readBody(
      headers["content-type"],
      body,
      url.searchParams,
    );
    const remembered = record({ params, files });
    remember(this.requests, remembered, this.#keep);
    const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1];
    const call = await this.#answers.call({
      method,
      path: url.pathname,
      bearer,
      params,
      files,
      wrong,
    });
    return { call, record: remembered };
  }

  /**
   * Decides what is answered: `how` is "answer", or the way in which the answer fails; see script.js. A message is accepted here.
   * @returns {Promise<{ how: string, status?: number, headers: Record<string, string>, body?: string }>}
   */
  async answer({ call, record }) {
    const plan = await this.#plan(call, record);
    return { ...plan, headers: answerHeaders(call, plan.headers, this.#ids) };
  }

  async #plan(call, record) {
    if (call.method === "OPTIONS") {
      // A preflight uses up no step and no rate.
      return asPlan(this.#answers.answer(call));
    }
    const limited = this.#answers.limited(call);
    return limited === null
      ? compose(await this.#script.next(record), call, this.#answers)
      : asPlan(limited);
  }
}

function asPlan({ status, body }) {
  return { how: "answer", status, body: JSON.stringify(body) };
}

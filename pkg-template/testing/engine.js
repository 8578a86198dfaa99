// The fake Graph without a transport: reads a request, decides the response, and records both.
// fake-graph.js puts it behind a `fetch`; the tests of the repository put it behind a socket.
import { Answers, remember } from "./answers.js";
import { readBody } from "./bodies.js";
import { answerHeaders } from "./headers.js";
import { compose, Script } from "./script.js";

export class Engine {
  /** The received requests, oldest first. Always the same array. */
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
   * Reads and records a request.
   * @param {object} request
   * @param {string} request.method
   * @param {URL} request.url
   * @param {Record<string, string>} request.headers names in lower case
   * @param {string | Uint8Array | FormData | URLSearchParams} request.body
   * @param {(read: { params: object, files: object }) => object} record creates the record of it
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
   * Decides the response: `how` is "answer", or how the response fails; see script.js. A message is
   * accepted here.
   * @returns {Promise<{ how: string, status?: number, headers: Record<string, string>, body?:
   * string }>}
   */
  async answer({ call, record }) {
    const plan = await this.#plan(call, record);
    return { ...plan, headers: answerHeaders(call, plan.headers, this.#ids) };
  }

  async #plan(call, record) {
    if (call.method === "OPTIONS") {
      // A preflight uses up neither a step nor the rate.
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

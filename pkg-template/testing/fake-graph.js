// A `fetch` that answers as graph.facebook.com does, without a server.
import { SECRETS, withoutSecrets } from "./answers.js";
import { Engine } from "./engine.js";
import { Ids } from "./ids.js";
import { readRequest } from "./request.js";
import { connectionError, resetError, responseTo } from "./response.js";
import { Waiting } from "./waiting.js";

const OPTIONS = ["token", "appSecret", "perSecond", "keep", "keepSecrets"];
/** The redirect limit of `fetch`. */
const MAX_REDIRECTS = 20;
const REDIRECTS = [301, 302, 303, 307, 308];

export function fakeGraph(options = {}) {
  const unknown = Object.keys(options).filter((name) => !OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw new TypeError(
      `fakeGraph has no option ${unknown.join(", ")}, only ${OPTIONS.join(", ")}`,
    );
  }
  return new FakeGraph(options);
}

class FakeGraph {
  #ids = new Ids("fake");
  #engine;
  #keepSecrets;

  constructor({ keep = 1000, keepSecrets = false, ...options }) {
    this.#engine = new Engine({ ...options, keep, ids: this.#ids, now: () => Date.now() });
    this.#keepSecrets = keepSecrets;
  }

  get requests() {
    return this.#engine.requests;
  }

  get accepted() {
    return this.#engine.accepted;
  }

  get refused() {
    return this.#engine.refused;
  }

  script(...steps) {
    this.#engine.script(...steps);
    return this;
  }

  reset() {
    this.#engine.reset();
    this.#ids.reset();
  }

  // An own, bound member, since it is passed as `fetch: graph.fetch`.
  fetch = async (input, init) => {
    const request = readRequest(input, init);
    const waiting = new Waiting(request.signal);
    try {
      waiting.check();
      return await this.#answer(request, waiting, MAX_REDIRECTS);
    } catch (error) {
      waiting.end(error);
      throw error;
    }
  };

  async #answer(request, waiting, redirects) {
    const { method, url, headers, redirect } = request;
    const body = await waiting.race(request.body());
    const taken = await this.#engine.take({ method, url, headers, body }, (read) =>
      this.#record(request, body, read),
    );
    waiting.check();
    const plan = await waiting.race(this.#engine.answer(taken));
    if (plan.delayMs !== undefined) {
      await waiting.pause(plan.delayMs);
    }
    switch (plan.how) {
      case "silence":
        return await waiting.forEver();
      case "unreachable":
        throw connectionError(plan.code, `connect ${plan.code}`);
      case "reset":
        throw resetError(plan.fin);
      default:
    }
    const to = Object.entries(plan.headers).find(
      ([name]) => name.toLowerCase() === "location",
    )?.[1];
    if (to === undefined || !REDIRECTS.includes(plan.status) || redirect === "manual") {
      return responseTo(plan, waiting);
    }
    if (redirect === "error" || redirects === 0) {
      throw new TypeError("fetch failed", {
        cause: new Error(redirect === "error" ? "unexpected redirect" : "redirect count exceeded"),
      });
    }
    return this.#answer(
      redirected(request, plan.status, new URL(to, url), body),
      waiting,
      redirects - 1,
    );
  }

  /** The record of a request for a test. */
  #record({ method, url, headers }, body, { params, files }) {
    const query = Object.fromEntries(url.searchParams);
    if (this.#keepSecrets) {
      return {
        method,
        url: url.href,
        path: url.pathname,
        query,
        headers,
        params,
        files,
        ...(typeof body === "string" && { body }),
        at: Date.now(),
      };
    }
    const { authorization: _, ...others } = headers;
    return {
      method,
      url: withoutQuerySecrets(url.href),
      path: url.pathname,
      query: withoutSecrets(query),
      headers: others,
      params: {
        ...withoutSecrets(params),
        ...(Array.isArray(params.batch) && { batch: params.batch.map(itemWithoutSecrets) }),
      },
      files,
      at: Date.now(),
    };
  }
}

/** Follows a redirect like `fetch`: 307 and 308 send the request again, others use GET. */
function redirected(request, status, url, body) {
  if (status === 307 || status === 308) {
    return { ...request, url, body: async () => body };
  }
  const { "content-type": _, ...headers } = request.headers;
  return { ...request, method: "GET", url, headers, body: async () => "" };
}

/** A batch item may have its own token, in its URL or its body. */
function itemWithoutSecrets(item) {
  if (typeof item !== "object" || item === null) {
    return item;
  }
  const { relative_url: address, body } = item;
  return {
    ...item,
    ...(typeof address === "string" && { relative_url: withoutQuerySecrets(address) }),
    ...(typeof body === "string" && { body: withoutPairs(body) }),
  };
}

function withoutQuerySecrets(address) {
  const [path, query] = splitOnce(address, "?");
  const rest = query === undefined ? "" : withoutPairs(query);
  return rest === "" ? path : `${path}?${rest}`;
}

function withoutPairs(text) {
  const isSecret = (pair) => SECRETS.includes(new URLSearchParams(pair).keys().next().value);
  return text
    .split("&")
    .filter((pair) => !isSecret(pair))
    .join("&");
}

function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

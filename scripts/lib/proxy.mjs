// Lets the demo page send for a real Page without getting its token: the page posts a placeholder, which this proxy replaces with the
// token from the environment. Only the demo page may post, only messages, and only for that Page.
import { refusalOf } from "./own-site.mjs";

const MOST_BYTES = 2 * 1024 * 1024;
// Graph itself may take 75 seconds to fetch a video.
const TIMEOUT_MS = 90_000;
const PATH = /^\/(v\d{1,3}\.\d{1,2})\/([\w-]{1,64})\/messages$/;
// The response headers that the package reads, and those that help to report a problem.
const PASSED_BACK = [
  "content-type",
  "retry-after",
  "x-app-usage",
  "x-business-use-case-usage",
  "x-page-usage",
  "x-fb-debug",
  "x-fb-trace-id",
  "facebook-api-version",
];

/**
 * A handler for requests below a prefix: (request, response, path).
 * @param {object} options
 * @param {string} options.pageId
 * @param {string} options.token
 * @param {typeof import("messenger-send").send} options.send of the package, used to redact Graph's responses
 * @param {string} [options.graph] the URL of Graph
 * @param {typeof fetch} [options.fetch]
 */
export function createProxy({
  pageId,
  token,
  send,
  graph = "https://graph.facebook.com",
  fetch = globalThis.fetch,
}) {
  async function ask(address, options) {
    try {
      const answer = await fetch(address, options);
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    } catch {
      return undefined;
    }
  }

  return async function proxy(request, response, path) {
    const wrong = refusal(request, path, pageId);
    if (wrong !== undefined) {
      refuse(response, ...wrong);
      return;
    }
    const [, version] = PATH.exec(path);
    const body = await bodyOf(request);
    if (body === undefined) {
      refuse(response, 413, `The proxy takes at most ${MOST_BYTES} bytes.`);
      return;
    }
    const type = request.headers["content-type"] ?? "";
    const sent = withToken(type, body, token);
    if (sent === undefined) {
      refuse(response, 415, "The proxy takes JSON and form fields only.");
      return;
    }
    const answer = await ask(`${graph}/${version}/${pageId}/messages`, {
      method: "POST",
      headers: {
        "Content-Type": type,
        ...(request.headers.authorization !== undefined && { Authorization: `Bearer ${token}` }),
      },
      body: sent,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer === undefined) {
      // The outcome is unknown, and the page must see it so: it treats a response that is not Graph's as unknown.
      response.writeHead(502, {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
      });
      response.end("Graph gave the proxy no answer.\n");
      return;
    }
    // A response that quotes the token must not reveal it to the page.
    const redacted = redactor(send, token);
    const [headers, text] = [await headersOf(answer, redacted), await redacted(answer.text)];
    response.writeHead(answer.status, {
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      ...headers,
    });
    response.end(text);
  };
}

/**
 * Redacts with the package itself, which finds the token in every encoding: the text becomes the cause of a failed send, and the error
 * has a redacted copy of it.
 */
function redactor(send, accessToken) {
  const request = { recipient: { id: "1" }, messaging_type: "RESPONSE", message: { text: "-" } };
  return async (text) => {
    try {
      await send(request, {
        accessToken,
        retry: { attempts: 1 },
        fetch: () => Promise.reject(text),
      });
    } catch ({ cause }) {
      if (typeof cause === "string") {
        return cause;
      }
    }
    // No response is better than one that was not searched.
    throw new Error("the package did not redact");
  };
}

/** Why a request is not forwarded: [status, sentence]. Other sites in the same browser must not send for this Page. */
function refusal(request, path, pageId) {
  if (request.method !== "POST") {
    return [405, "Only POST."];
  }
  const foreign = refusalOf(request);
  if (foreign !== undefined) {
    return [foreign.status, foreign.reason];
  }
  // Browsers send an origin with every POST.
  if (request.headers.origin === undefined) {
    return [403, "Only the demo page itself may send."];
  }
  const [, , page] = PATH.exec(path) ?? [];
  return page === pageId || page === "me"
    ? undefined
    : [404, `The proxy knows only /v25.0/${pageId}/messages.`];
}

async function bodyOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MOST_BYTES) {
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The body with the token instead of the placeholder; undefined for other content types. */
function withToken(type, body, token) {
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    const fields = new URLSearchParams(body);
    if (fields.has("access_token")) {
      fields.set("access_token", token);
    }
    return fields.toString();
  }
  if (!/^application\/json\b/i.test(type)) {
    return undefined;
  }
  try {
    const value = JSON.parse(body);
    return typeof value?.access_token === "string"
      ? JSON.stringify({ ...value, access_token: token })
      : body;
  } catch {
    return body;
  }
}

async function headersOf(answer, redacted) {
  const headers = {};
  for (const name of PASSED_BACK.filter((one) => answer.headers.has(one))) {
    headers[name] = await redacted(answer.headers.get(name));
  }
  return headers;
}

/** Responds with an error like one of Graph, so that the page reports that nothing was sent. */
function refuse(response, status, sentence) {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
  });
  response.end(
    JSON.stringify({
      error: { message: `The proxy refuses: ${sentence}`, type: "ProxyException", code: 100 },
    }),
  );
}

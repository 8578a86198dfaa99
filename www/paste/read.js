// Says what a pasted text is: one request, many, or nothing that can be read. It knows JSON, something like JSON, curl, form fields,
// code that holds a request, JSON lines and tables.
import { isObject } from "../model/values.js";
import { hasSecret, withoutSecret } from "../model/secrets.js";
import { isCurl, readCurl } from "./curl.js";
import { readLenient } from "./lenient.js";
import { withLongNumbersQuoted } from "./numbers.js";
import { parameters } from "./parameters.js";
import { isTable, readTable } from "./table.js";

const TOKEN_LEFT_OUT = "The access token was left out: it has no place on a page.";
const QUOTED = "Long numbers are in quotes now: JavaScript would round them.";
const MOST_BRACES = 60;

/**
 * @param {string} text
 * @param {unknown} base the message for tables that bring none of their own
 * @returns {{ kind: "one", request: unknown, source?: string, notes: string[], from: string }
 *   | { kind: "many", items: { line: number, request?: unknown, problem?: string }[], notes: string[], from: string } | undefined}
 *   source: the text itself, where it is strict JSON and holds no secret
 */
export function readPaste(text, base = {}) {
  const body = text.replace(/^\uFEFF/, "").trim();
  if (body === "") return undefined;
  const exact = withLongNumbersQuoted(body);
  if (exact !== body && parsed(body) !== undefined) {
    const found = readPaste(exact, base);
    return { ...found, notes: [...found.notes, QUOTED] };
  }
  return (
    strict(body, text.replaceAll("\r\n", "\n")) ??
    lines(body) ??
    curl(body) ??
    (isTable(body) ? many(readTable(body, base), "a table") : undefined) ??
    form(body) ??
    loose(body)
  );
}

function strict(body, source) {
  const value = parsed(body);
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.length > 0 && value.every(isObject))
    return many(
      value.map((request, n) => ({ line: n + 1, request })),
      "a JSON list",
    );
  return hasSecret(value) ? one(value, "JSON") : { ...one(value, "JSON"), source };
}

// Mostly objects, one a line: a line that is none is a mistake of this line, not of the list.
function lines(body) {
  const items = body
    .split("\n")
    .map((line, n) => ({ line: n + 1, text: line.trim() }))
    .filter(({ text }) => text !== "")
    .map(({ line, text }) => {
      const request = text.startsWith("{") ? parsed(text) : undefined;
      return request === undefined ? { line, problem: "This line is no JSON." } : { line, request };
    });
  const right = items.filter(({ request }) => request !== undefined).length;
  return right > 1 && right * 2 >= items.length ? many(items, "JSON lines") : undefined;
}

function curl(body) {
  if (!isCurl(body)) return undefined;
  try {
    const found = readCurl(body);
    if (found) return { ...one(found.request, "a curl command"), notes: [...found.notes, ...(hasSecret(found.request) ? [TOKEN_LEFT_OUT] : [])] };
  } catch {
    // Quotes within quotes: what looks like a request is looked for below.
  }
  return loose(body);
}

function form(body) {
  if (!/^[\w.]+=/.test(body) || /[\r\n]/.test(body)) return undefined;
  const request = parameters(new URLSearchParams(body));
  return Object.keys(request).some(isOfARequest) ? one(request, "form fields") : undefined;
}

// The first thing in braces that looks like a request.
function loose(body) {
  let at = body.indexOf("{");
  for (let n = 0; n < MOST_BRACES && at >= 0; n += 1, at = body.indexOf("{", at + 1)) {
    try {
      const { value } = readLenient(body, at);
      if (Object.keys(value).some(isOfARequest)) return one(value, /^\s*\{/.test(body) ? "something like JSON" : "what looks like a request in it");
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

const isOfARequest = (name) => ["recipient", "message", "sender_action", "messaging_type", "to"].includes(name);

function one(request, from) {
  return { kind: "one", request: withoutSecret(request), notes: hasSecret(request) ? [TOKEN_LEFT_OUT] : [], from };
}

function many(items, from) {
  const secret = items.some(({ request }) => hasSecret(request));
  return {
    kind: "many",
    items: items.map((item) => (item.request === undefined ? item : { ...item, request: withoutSecret(item.request) })),
    notes: secret ? [TOKEN_LEFT_OUT] : [],
    from,
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Says what a pasted text is: one request, many, or nothing that can be read. It knows JSON, something like JSON, curl, form fields,
// code that holds a request, parts of a request, webhook events, JSON lines and tables.

import { hasSecret, SECRET, withoutSecret } from "../model/secrets.js";
import { isObject } from "../model/values.js";
import { isCurl, readCurl } from "./curl.js";
import { readLenient } from "./lenient.js";
import { withLongNumbersQuoted } from "./numbers.js";
import { parameters } from "./parameters.js";
import { isTable, readTable } from "./table.js";
import { isKnown, wrap } from "./wrap.js";

const TOKEN_LEFT_OUT = "The access token was left out: it has no place on a page.";
const QUOTED = "Long numbers are in quotes now: JavaScript would round them.";
const MOST_BRACES = 60;

/**
 * @param {string} text
 * @param {unknown} base the message for tables that bring none of their own, and the recipient of parts
 * @returns {{ kind: "one", request: unknown, source?: string, notes: string[], from: string, variables: string[], platform?: string, inboundAt?: number }
 *   | { kind: "many", items: { line: number, request?: unknown, problem?: string, empty?: string[] }[], notes: string[], from: string } | undefined}
 *   source: the text itself, where it is strict JSON and holds no secret; variables: what stands as {{name}} in the request
 */
export function readPaste(text, base = {}) {
  const body = text.replace(/^\uFEFF/, "").trim();
  if (body === "") return undefined;
  const exact = withLongNumbersQuoted(body);
  if (exact !== body && parsed(body) !== undefined) {
    const found = readPaste(exact, base);
    return { ...found, notes: [...found.notes, QUOTED] };
  }
  const found =
    strict(body, text.replaceAll("\r\n", "\n"), base) ??
    lines(body) ??
    curl(body, base) ??
    (isTable(body) ? many(readTable(body, base), "a table") : undefined) ??
    form(body, base) ??
    loose(body, base);
  if (
    found?.kind === "one" &&
    found.platform === undefined &&
    /\bgraph\.instagram\.com\b/i.test(body)
  )
    return { ...found, platform: "instagram" };
  return found;
}

function strict(body, source, base) {
  const value = parsed(body);
  if (value === undefined) return undefined;
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => isObject(one) && !wrap([one], {}))
  )
    return many(
      value.map((request, n) => ({ line: n + 1, request })),
      "a JSON list",
    );
  const found = one(value, "JSON", base);
  return found.request === value && !hasSecret(value) ? { ...found, source } : found;
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

function curl(body, base) {
  if (!isCurl(body)) return undefined;
  try {
    const found = readCurl(body);
    if (found) {
      const { request, notes, variables, platform } = found;
      const read = one(request, "a curl command", base, variables);
      return { ...read, notes: [...notes, ...read.notes], platform: platform ?? read.platform };
    }
  } catch {
    // Quotes within quotes: what looks like a request is looked for below.
  }
  return loose(body, base);
}

function form(body, base) {
  if (!/^[\w.]+=/.test(body) || /[\r\n]/.test(body)) return undefined;
  const request = parameters(new URLSearchParams(body));
  return isKnown(request) ? one(request, "form fields", base) : undefined;
}

// The first thing in braces that looks like a request or a part of one.
function loose(body, base) {
  // Members without the braces around them.
  if (/^["']?[A-Za-z_]\w*["']?\s*:/.test(body)) {
    try {
      const { value, variables } = readLenient(`{${body}}`);
      if (isKnown(value)) return one(value, "something like JSON", base, variables);
    } catch {
      // It is something else.
    }
  }
  let at = body.search(/[{[]/);
  for (let n = 0; n < MOST_BRACES && at >= 0; n += 1) {
    try {
      const { value, variables } = readLenient(body, at);
      if (isKnown(value))
        return one(
          value,
          /^\s*[{[]/.test(body) ? "something like JSON" : "what looks like a request in it",
          base,
          variables,
        );
    } catch {
      // Not this one.
    }
    const next = body.slice(at + 1).search(/[{[]/);
    at = next < 0 ? -1 : at + 1 + next;
  }
  return undefined;
}

function one(value, from, base, variables = []) {
  const placeholders = new Set(variables);
  const part = wrap(withoutBrackets(value, placeholders), base);
  const request = part
    ? part.request
    : placeholders.size > variables.length
      ? withoutBrackets(value, placeholders)
      : value;
  const used = JSON.stringify(request) ?? "";
  return {
    kind: "one",
    request: withoutSecret(request),
    notes: [...(hasSecret(request) ? [TOKEN_LEFT_OUT] : []), ...(part?.note ? [part.note] : [])],
    from: part ? `${part.what} (${from})` : from,
    // Only what the request itself holds: code has other variables too.
    variables: [...placeholders].filter((name) => used.includes(`{{${name}}}`)),
    ...(part?.platform && { platform: part.platform }),
    ...(part?.inboundAt && { inboundAt: part.inboundAt }),
  };
}

// The documentation's <PLACEHOLDERS> stand in quotes as well.
function withoutBrackets(value, names) {
  if (typeof value === "string") {
    const name = /^<\s*([A-Z][A-Z0-9_ -]*)\s*>$/.exec(value)?.[1];
    if (name === undefined) return value;
    names.add(name);
    return `{{${name}}}`;
  }
  if (Array.isArray(value)) return value.map((item) => withoutBrackets(item, names));
  if (!isObject(value)) return value;
  const copy = {};
  for (const [name, item] of Object.entries(value))
    Object.defineProperty(copy, name, {
      value: name === SECRET ? item : withoutBrackets(item, names),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return copy;
}

function many(items, from) {
  const secret = items.some(({ request }) => hasSecret(request));
  return {
    kind: "many",
    items: items.map((item) =>
      item.request === undefined ? item : { ...item, request: withoutSecret(item.request) },
    ),
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

// Reads what a client posted (form, JSON, multipart) into one set of fields, strictly: the stand-in must not forgive what Graph might refuse.
import { isUtf8 } from "node:buffer";

/** Parameters that are JSON: as text in a form, as a value in a JSON body. The value says what they must be. */
const JSON_PARAMETERS = {
  recipient: "object",
  message: "object",
  payload: "object",
  reply_to: "object",
  thread_control: "object",
  batch: "array",
};

/**
 * @returns {{ fields: object, files: object, broken: string | null, misfit: string | null }}
 * `broken`: the body as a whole cannot be read; `misfit`: one parameter is no strict JSON of its kind.
 */
export function readBody(contentType, body, query) {
  const read = { fields: {}, files: {}, broken: null, misfit: null };
  addPairs(read, query);
  const mime = (contentType ?? "").split(";", 1)[0].trim().toLowerCase();
  if (body.length === 0) {
    return read;
  }
  if (mime === "application/x-www-form-urlencoded") {
    addPairs(read, new URLSearchParams(body.toString("utf8")));
  } else if (mime === "application/json") {
    addJson(read, body);
  } else if (mime === "multipart/form-data") {
    const parts = parseMultipart(contentType, body);
    if (typeof parts === "string") {
      read.broken = parts;
    } else {
      addPairs(read, parts.filter((part) => part.filename === null).map((part) => [part.name, part.data.toString("utf8")]));
      for (const { name, filename, type, data } of parts.filter((part) => part.filename !== null)) {
        read.files[name] = { filename, type, size: data.length, data };
      }
    }
  }
  // Any other content type carries no parameters: the server then misses the token, as Graph would.
  return read;
}

/** Parameters of a batch item: a query string and a url-encoded body. */
export function readItem(query, body) {
  const read = { fields: {}, files: {}, broken: null, misfit: null };
  addPairs(read, query);
  addPairs(read, new URLSearchParams(body));
  return read;
}

function addPairs(read, pairs) {
  for (const [name, text] of pairs) {
    const kind = Object.hasOwn(JSON_PARAMETERS, name) ? JSON_PARAMETERS[name] : null;
    let value = text;
    if (kind !== null) {
      try {
        value = JSON.parse(text);
      } catch {
        read.misfit ??= `(#100) param ${name} must be strict JSON`;
      }
      checkKind(read, name, kind, value);
    }
    setField(read.fields, name, value);
  }
}

function addJson(read, body) {
  let value;
  try {
    value = isUtf8(body) ? JSON.parse(body.toString("utf8")) : undefined;
  } catch {
    value = undefined;
  }
  if (kindOf(value) !== "object") {
    read.broken = "(#100) The request body must be a strict JSON object in UTF-8";
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    if (Object.hasOwn(JSON_PARAMETERS, name)) {
      checkKind(read, name, JSON_PARAMETERS[name], member);
    }
    setField(read.fields, name, member);
  }
}

function checkKind(read, name, kind, value) {
  if (kindOf(value) !== kind) {
    read.misfit ??= `(#100) param ${name} must be ${kind === "array" ? "an array" : "an object"}`;
  }
}

function kindOf(value) {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

/** Plain assignment would lose a member that is called `__proto__`. */
function setField(fields, name, value) {
  Object.defineProperty(fields, name, { value, enumerable: true, writable: true, configurable: true });
}

/**
 * Multipart after RFC 7578 and RFC 2046: preamble and epilogue are ignored, data are bytes.
 * @returns {{ name: string, filename: string | null, type: string, data: Buffer }[] | string} the parts, or what is wrong
 */
export function parseMultipart(contentType, body) {
  const boundary = parameter(contentType, "boundary");
  if (boundary === null || boundary === "") {
    return "(#100) multipart body without a boundary";
  }
  const parts = [];
  let delimiter = nextDelimiter(body, boundary, 0);
  if (delimiter === null) {
    return "(#100) multipart body does not contain its boundary";
  }
  while (!delimiter.last) {
    const next = nextDelimiter(body, boundary, delimiter.end);
    if (next === null) {
      return "(#100) multipart body ends before its closing boundary";
    }
    const part = parsePart(body.subarray(delimiter.end, next.start));
    if (typeof part === "string") {
      return part;
    }
    parts.push(part);
    delimiter = next;
  }
  return parts;
}

/** A delimiter stands at the start of a line and is alone in it, save blanks: anything else is data that looks like one. */
function nextDelimiter(body, boundary, from) {
  const mark = Buffer.from(`--${boundary}`, "latin1");
  for (let at = body.indexOf(mark, from); at !== -1; at = body.indexOf(mark, at + 1)) {
    const lineStart = at === 0 || at === from || (body[at - 2] === 13 && body[at - 1] === 10 && at - 2 >= from);
    if (!lineStart) {
      continue;
    }
    // The line break before a delimiter belongs to it. Straight after the last one's own line break, the part between is empty.
    const start = at === from ? at : at - 2;
    let end = at + mark.length;
    const last = body[end] === 45 && body[end + 1] === 45;
    if (last) {
      end += 2;
    }
    while (body[end] === 32 || body[end] === 9) {
      end += 1;
    }
    if (body[end] === 13 && body[end + 1] === 10) {
      return { start, end: end + 2, last };
    }
    if (last && end >= body.length) {
      return { start, end, last };
    }
  }
  return null;
}

function parsePart(bytes) {
  const noHeaders = bytes[0] === 13 && bytes[1] === 10;
  const headerEnd = noHeaders ? 0 : bytes.indexOf("\r\n\r\n");
  if (headerEnd === -1) {
    return "(#100) multipart part without a header";
  }
  const headers = new Map();
  for (const line of bytes.subarray(0, headerEnd).toString("utf8").split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) {
      headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
  }
  const disposition = headers.get("content-disposition") ?? "";
  const name = parameter(disposition, "name");
  if (!/^form-data\s*;/i.test(disposition) || name === null) {
    return "(#100) multipart part without a name";
  }
  const filename = parameter(disposition, "filename");
  return {
    name: unescapeName(name),
    filename: filename === null ? null : unescapeName(filename),
    type: headers.get("content-type") ?? (filename === null ? "text/plain" : "application/octet-stream"),
    data: bytes.subarray(headerEnd + (noHeaders ? 2 : 4)),
  };
}

/** A parameter of a header value: `name=token` or `name="quoted \" text"`. */
function parameter(header, name) {
  const pattern = /;\s*([^\s=;]+)\s*=\s*(?:"((?:\\"|[^"])*)"|([^\s;]*))/g;
  for (const [, key, quoted, token] of header.matchAll(pattern)) {
    if (key.toLowerCase() === name) {
      return quoted === undefined ? token : quoted.replaceAll('\\"', '"');
    }
  }
  return null;
}

/** Platforms write quotes and line breaks in names as percent codes (HTML standard, multipart/form-data encoding). */
function unescapeName(name) {
  return name.replace(/%(22|0D|0A)/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

// Reads a posted body (form, JSON, multipart) into one set of parameters. Strictly, since a
// stand-in must not accept what Graph might refuse.
import { hex } from "../webhook/hmac.js";

/** Parameters that are JSON: a string in a form, a value in a JSON body. */
const JSON_KINDS = {
  recipient: "object",
  message: "object",
  payload: "object",
  reply_to: "object",
  thread_control: "object",
  batch: "array",
};

/**
 * `params` are the decoded parameters, `files` the file parts, `wrong` Graph's message about an
 * unreadable body.
 * @param {string | null | undefined} contentType
 * @param {string | Uint8Array | FormData | URLSearchParams} body
 * @param {URLSearchParams} query
 * @returns {Promise<{ params: object, files: object, wrong: string | null }>}
 */
export async function readBody(contentType, body, query) {
  const read = readPairs(query);
  if (isPairs(body)) {
    await addFields(read, body);
    return read;
  }
  if (body.length === 0) {
    return read;
  }
  const mime = (contentType ?? "").split(";", 1)[0].trim().toLowerCase();
  if (mime === "application/x-www-form-urlencoded") {
    addPairs(read, new URLSearchParams(textOf(body)));
  } else if (mime === "application/json") {
    addJson(read, body);
  } else if (mime === "multipart/form-data") {
    await addMultipart(read, contentType, body);
  }
  // Any other content type has no parameters, so the token is missing.
  return read;
}

/**
 * Parameters that can be read synchronously: a query string, and the URL-encoded body of a batch
 * item.
 */
export function readPairs(...sources) {
  const read = { params: {}, files: {}, wrong: null };
  for (const pairs of sources) {
    addPairs(read, pairs);
  }
  return read;
}

/** Whether a body is a `FormData` or a `URLSearchParams` of any realm. */
export function isPairs(body) {
  return ["FormData", "URLSearchParams"].includes(body?.[Symbol.toStringTag]);
}

/** The text of a body that is a string or bytes. */
export function textOf(body, options) {
  return typeof body === "string" ? body : new TextDecoder("utf-8", options).decode(body);
}

function addPairs(read, pairs) {
  for (const [name, text] of pairs) {
    if (Object.hasOwn(JSON_KINDS, name)) {
      try {
        setParam(read, name, JSON.parse(text));
      } catch {
        read.wrong ??= `(#100) param ${name} must be strict JSON`;
      }
    } else {
      setParam(read, name, text);
    }
  }
}

function addJson(read, body) {
  try {
    const value = JSON.parse(textOf(body, { fatal: true }));
    if (kindOf(value) !== "object") {
      throw new TypeError("no object");
    }
    for (const [name, member] of Object.entries(value)) {
      setParam(read, name, member);
    }
  } catch {
    read.wrong = "(#100) The request body must be a JSON object in UTF-8";
  }
}

async function addMultipart(read, contentType, body) {
  let form;
  try {
    form = await new Response(body, { headers: { "Content-Type": contentType } }).formData();
  } catch {
    read.wrong = "(#100) The multipart body cannot be read";
    return;
  }
  await addFields(read, form);
}

async function addFields(read, fields) {
  const pairs = [...fields];
  addPairs(
    read,
    pairs.filter(([, value]) => typeof value === "string"),
  );
  for (const [name, file] of pairs) {
    if (typeof file !== "string") {
      const sha256 = await digest(file);
      read.files[name] = {
        filename: file.name,
        type: file.type,
        size: file.size,
        ...(sha256 !== undefined && { sha256 }),
      };
    }
  }
}

/**
 * The SHA-256 of a file in hexadecimal digits; nothing if the environment (jsdom) cannot read files
 * or has no WebCrypto.
 */
async function digest(file) {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined || typeof file.arrayBuffer !== "function") {
    return undefined;
  }
  return hex(new Uint8Array(await subtle.digest("SHA-256", await file.arrayBuffer())));
}

function setParam(read, name, value) {
  const kind = Object.hasOwn(JSON_KINDS, name) ? JSON_KINDS[name] : null;
  if (kind !== null && kindOf(value) !== kind) {
    read.wrong ??= `(#100) param ${name} must be ${kind === "array" ? "an array" : "an object"}`;
  }
  // Plain assignment would lose a member named `__proto__`.
  Object.defineProperty(read.params, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function kindOf(value) {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

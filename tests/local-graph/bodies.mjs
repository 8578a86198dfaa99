// Reads what a client posted (form, JSON, multipart) into one set of parameters. Strict: the stand-in must not forgive what Graph might refuse.
import { createHash } from "node:crypto";

/** Parameters that are JSON: text in a form, a value in a JSON body. */
const JSON_KINDS = { recipient: "object", message: "object", payload: "object", reply_to: "object", thread_control: "object", batch: "array" };

/**
 * `params` are the decoded parameters, `files` the file parts, `wrong` says in Graph's words what cannot be read.
 * @returns {Promise<{ params: object, files: object, wrong: string | null }>}
 */
export async function readBody(contentType, body, query) {
  const read = readPairs(query);
  if (body.length === 0) {
    return read;
  }
  const mime = (contentType ?? "").split(";", 1)[0].trim().toLowerCase();
  if (mime === "application/x-www-form-urlencoded") {
    addPairs(read, new URLSearchParams(body.toString("utf8")));
  } else if (mime === "application/json") {
    addJson(read, body);
  } else if (mime === "multipart/form-data") {
    await addMultipart(read, contentType, body);
  }
  // Any other content type carries no parameters: the token is then missing, as Graph would say.
  return read;
}

/** Parameters that need no waiting: a query string, and the url-encoded body of a batch item. */
export function readPairs(...sources) {
  const read = { params: {}, files: {}, wrong: null };
  for (const pairs of sources) {
    addPairs(read, pairs);
  }
  return read;
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
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
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
  addPairs(read, [...form].filter(([, value]) => typeof value === "string"));
  for (const [name, file] of form) {
    if (typeof file !== "string") {
      const sha256 = createHash("sha256").update(Buffer.from(await file.arrayBuffer())).digest("hex");
      read.files[name] = { filename: file.name, type: file.type, size: file.size, sha256 };
    }
  }
}

function setParam(read, name, value) {
  const kind = Object.hasOwn(JSON_KINDS, name) ? JSON_KINDS[name] : null;
  if (kind !== null && kindOf(value) !== kind) {
    read.wrong ??= `(#100) param ${name} must be ${kind === "array" ? "an array" : "an object"}`;
  }
  // Plain assignment would lose a member that is called `__proto__`.
  Object.defineProperty(read.params, name, { value, enumerable: true, writable: true, configurable: true });
}

function kindOf(value) {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

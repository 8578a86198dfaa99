// The fields of a form or of an address as a request: objects and lists travel as JSON text in them, and often as something like it.
import { SECRET } from "../model/secrets.js";
import { readLenient } from "./lenient.js";

// Fields that say how to call, not what to send.
const OF_THE_CALL = new Set([
  SECRET,
  "appsecret_proof",
  "appsecret_time",
  "debug",
  "method",
  "format",
  "",
]);

export function parameters(fields) {
  const request = {};
  for (const [name, text] of fields) {
    if (!OF_THE_CALL.has(name)) request[name] = /^\s*[{[]/.test(text) ? structured(text) : text;
  }
  return request;
}

function structured(text) {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return readLenient(text).value;
    } catch {
      return text;
    }
  }
}

// Reads a request out of a curl command: -d and --json with JSON or form fields, -F, and parameters in the address.

import { readLenient } from "./lenient.js";
import { parameters } from "./parameters.js";
import { shellWords } from "./shell.js";

// Options of curl that take a value: the next word is not the address.
const DATA = new Set([
  "-d",
  "--data",
  "--data-raw",
  "--data-binary",
  "--data-ascii",
  "--data-urlencode",
  "--json",
  "-F",
  "--form",
  "--form-string",
]);
const VALUED =
  /^(-[HXAebcuomxUTyYKEtw]|--(header|request|user|user-agent|referer|cookie|output|max-time|connect-timeout|proxy|retry|url-query|cacert|cert|key|write-out))$/;

export function isCurl(text) {
  return /^\s*(?:[$>#%]\s*)?curl(?:\.exe)?\s/i.test(text);
}

/** { request, notes, variables, platform? } of a curl command; undefined where it holds none. */
export function readCurl(text) {
  const variables = new Set();
  const { bodies, address } = split(shellWords(text.replace(/^\s*[$>#%]\s*/, ""), variables));
  const notes = [];
  const fields = new URLSearchParams(queryOf(address));
  let whole;
  for (const body of bodies) {
    if (/^\s*[{[]/.test(body)) {
      whole = mended(body);
    } else if (body.startsWith("@")) {
      notes.push(`The file ${body.slice(1)} cannot be read from here.`);
    } else if (/^[\w.[\]-]+=[@<]/.test(body)) {
      notes.push(
        `${body.slice(0, body.indexOf("="))} is a file: its bytes are no part of the JSON.`,
      );
    } else {
      for (const [name, value] of fieldsIn(body)) fields.append(name, value);
    }
  }
  const request = { ...parameters(fields), ...whole };
  const platform = /^(?:https?:\/\/)?graph\.instagram\.com\b/i.test(address)
    ? "instagram"
    : undefined;
  return Object.keys(request).length > 0
    ? { request, notes, variables: [...variables], platform }
    : undefined;
}

function split(words) {
  const bodies = [];
  let address = "";
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at];
    const joined =
      /^(--(?:data|data-raw|data-binary|data-urlencode|json|form))=([\s\S]*)$/.exec(word) ??
      /^(-[dF])([\s\S]+)$/.exec(word);
    if (DATA.has(word)) bodies.push(words[at + 1] ?? "");
    else if (joined) bodies.push(joined[2]);
    else if (word === "--url") address = words[at + 1] ?? "";
    if (DATA.has(word) || word === "--url" || VALUED.test(word)) at += 1;
    else if (!word.startsWith("-") && address === "") address = word;
  }
  return { bodies, address };
}

function queryOf(address) {
  const at = address.indexOf("?");
  return at < 0 ? "" : address.slice(at + 1);
}

function mended(body) {
  try {
    return JSON.parse(body);
  } catch {
    return readLenient(body).value;
  }
}

// curl sends what it is given, so a field of Meta's samples may hold & as it is: inside one whole object it separates nothing.
function fieldsIn(body) {
  const pair = (field) => [
    field.slice(0, field.indexOf("=")),
    decoded(field.slice(field.indexOf("=") + 1)),
  ];
  const [name, value] = pair(body);
  if (/^\s*[{[]/.test(value) && isWhole(value)) return [[name, value]];
  return body.split(/&(?=[\w.[\]-]+=)/).map(pair);
}

function isWhole(text) {
  try {
    return text.slice(readLenient(text).end).trim() === "";
  } catch {
    return false;
  }
}

function decoded(text) {
  try {
    return /%[0-9a-fA-F]{2}/.test(text) ? decodeURIComponent(text.replaceAll("+", " ")) : text;
  } catch {
    return text;
  }
}

// Reads the responses of the Worker, without trusting them: missing or mistyped members become empty values, long texts are truncated.
import { OUTCOMES, STATES } from "./format.js";

const MOST_TEXT = 1_000;
const MOST_ERRORS = 20;
export const MINUTE_MS = 60_000;
export const MINUTES = 60;

/**
 * The Pages in a response to `GET /pages`.
 * @throws {TypeError} if it contains no list of Pages
 */
export function readPages(body) {
  if (!Array.isArray(body?.pages)) {
    throw new TypeError("no list of Pages");
  }
  return body.pages.map(readPage);
}

/** The sum of several Pages. */
export function sum(pages) {
  const total = (read) => pages.reduce((sofar, page) => sofar + read(page), 0);
  const minutes = new Map();
  for (const { time, ...counts } of pages.flatMap((page) => page.minutes)) {
    const found = minutes.get(time) ?? { time, ...zeros(OUTCOMES) };
    for (const name of OUTCOMES) {
      found[name] += counts[name];
    }
    minutes.set(time, found);
  }
  return {
    backlog: total((page) => page.backlog),
    sending: total((page) => page.sending),
    limit: total((page) => page.limit),
    lastSecond: total((page) => page.lastSecond),
    lastMinute: total((page) => page.lastMinute),
    pause: null,
    paused: pages.filter((page) => page.pause !== null).length,
    totals: Object.fromEntries(
      Object.keys(STATES).map((state) => [state, total((page) => page.totals[state])]),
    ),
    minutes: [...minutes.values()].sort((a, b) => a.time - b.time),
    errors: pages
      .flatMap((page) => page.errors)
      .sort((a, b) => b.time - a.time)
      .slice(0, MOST_ERRORS),
  };
}

/** The text of a problem document (RFC 9457); undefined if it is not one. */
export function readProblem(body) {
  const title = text(body?.title);
  return title === undefined ? undefined : { title, detail: text(body.detail) };
}

function readPage(page) {
  const id = text(page?.id) ?? "?";
  const rate = page?.rate;
  return {
    id,
    backlog: count(page?.backlog),
    sending: count(page?.sending),
    limit: count(rate?.limit_per_second),
    lastSecond: count(rate?.last_second),
    lastMinute: count(rate?.last_minute),
    pause: readPause(page?.pause),
    totals: Object.fromEntries(
      Object.keys(STATES).map((state) => [state, count(page?.totals?.[state])]),
    ),
    minutes: list(page?.minutes).slice(-MINUTES).flatMap(readMinute),
    errors: list(page?.last_errors)
      .slice(0, MOST_ERRORS)
      .map((error) => readError(error, id)),
  };
}

function readPause(pause) {
  const until = Date.parse(pause?.until);
  return Number.isNaN(until)
    ? null
    : { until, reason: text(pause.reason) ?? "unknown", code: text(pause.code) };
}

function readMinute(minute) {
  const time = Date.parse(minute?.minute);
  const counts = Object.fromEntries(OUTCOMES.map((name) => [name, count(minute?.[name])]));
  return Number.isNaN(time) ? [] : [{ time: time - (time % MINUTE_MS), ...counts }];
}

function readError(error, page) {
  const time = Date.parse(error?.time);
  return {
    page,
    time: Number.isNaN(time) ? 0 : time,
    ...Object.fromEntries(
      ["id", "status", "kind", "code", "hint", "fbtrace_id"].map((name) => [
        name,
        text(error?.[name]),
      ]),
    ),
  };
}

/** A string or a number as a string, without lone surrogates, which are invalid in a URL. */
function text(value) {
  if (typeof value !== "string" && typeof value !== "number") {
    return undefined;
  }
  const whole = String(value).toWellFormed();
  return whole.length > MOST_TEXT ? `${whole.slice(0, MOST_TEXT).toWellFormed()}…` : whole;
}

const count = (value) => (Number.isFinite(value) && value > 0 ? value : 0);
const list = (value) => (Array.isArray(value) ? value : []);
const zeros = (names) => Object.fromEntries(names.map((name) => [name, 0]));

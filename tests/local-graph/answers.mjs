// What the stand-in answers by itself: tokens, the documented success bodies and refusals, uploads, batches and the enforced rate.
// It is no validator: it refuses only what the documentation says is refused, and only where a sender's behaviour depends on it.
// Sources: https://developers.facebook.com/docs/messenger-platform/reference/send-api
//          https://developers.facebook.com/docs/graph-api/batch-requests
//          https://developers.facebook.com/docs/graph-api/overview/rate-limiting
import { createHmac, randomBytes } from "node:crypto";
import { readItem } from "./bodies.mjs";

export const JSON_TYPE = "application/json; charset=UTF-8";
export const DEFAULT_PAGE = "1234567890";

const MAX_TEXT = 2000;
const MAX_BATCH = 50;
const PROOF_LIFE_SECONDS = 300;
const RETIRED_TAGS = new Set(["ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE"]);
const CONTENTS = ["text", "attachment", "attachments", "sticker_id", "template", "dynamic_text"];
const RECIPIENTS = ["id", "user_ref", "comment_id", "post_id", "phone_number", "one_time_notif_token", "notification_messages_token"];
const SECRETS = ["access_token", "appsecret_proof", "appsecret_time"];

const MESSAGES = {
  1: "An unknown error occurred",
  2: "An unexpected error has occurred. Please retry your request later.",
  4: "(#4) Application request limit reached",
  10: "(#10) This message is sent outside of allowed window.",
  100: "(#100) Invalid parameter",
  190: "Invalid OAuth access token - Cannot parse access token",
  551: "(#551) This person isn't available right now.",
  613: "(#613) Calls to this api have exceeded the rate limit.",
  1200: "(#1200) Temporary send message failure. Please try again later.",
};

/** Graph's error envelope. */
export function errorBody({ code, subcode, message, type, is_transient, userTitle, userMessage, data, fbtrace_id }) {
  return {
    error: {
      message: message ?? MESSAGES[code] ?? `(#${code}) Error`,
      type: type ?? "OAuthException",
      code,
      ...(subcode !== undefined && { error_subcode: subcode }),
      ...(is_transient !== undefined && { is_transient }),
      ...(userTitle !== undefined && { error_user_title: userTitle }),
      ...(userMessage !== undefined && { error_user_msg: userMessage }),
      ...(data !== undefined && { error_data: data }),
      fbtrace_id: fbtrace_id ?? `A${randomBytes(16).toString("base64url")}`,
    },
  };
}

/** The headers of every answer; `usage` changes the figures, `headers` has the last word and removes with null. */
export function answerHeaders(call, usage, headers) {
  const all = {
    "Content-Type": JSON_TYPE,
    "Access-Control-Allow-Origin": "*",
    Vary: "Origin",
    "Cache-Control": "no-store",
    "facebook-api-version": call.version ?? "v25.0",
    "x-fb-trace-id": randomBytes(8).toString("base64url"),
    ...usageHeaders(call, usage),
  };
  for (const [name, value] of Object.entries(headers ?? {})) {
    const existing = Object.keys(all).find((key) => key.toLowerCase() === name.toLowerCase());
    delete all[existing ?? name];
    if (value !== null) {
      all[existing ?? name] = value;
    }
  }
  return all;
}

function usageHeaders(call, usage = {}) {
  const headers = {};
  if (usage.business !== null) {
    const figures = { type: "messenger", call_count: 1, total_cputime: 1, total_time: 1, estimated_time_to_regain_access: 0 };
    headers["X-Business-Use-Case-Usage"] = JSON.stringify({ [call.pageId ?? DEFAULT_PAGE]: [{ ...figures, ...usage.business }] });
  }
  if (usage.app !== null) {
    headers["X-App-Usage"] = JSON.stringify({ call_count: 1, total_time: 1, total_cputime: 1, ...usage.app });
  }
  if (usage.page) {
    headers["X-Page-Usage"] = JSON.stringify({ call_count: 1, total_time: 1, total_cputime: 1, ...usage.page });
  }
  return headers;
}

/** `/v25.0/{page}/{edge}` taken apart. `edge` is null where the path leads to nothing that is served. */
export function readPath(path) {
  const segments = path.split("/").filter((segment) => segment !== "");
  const version = /^v\d+\.\d+$/.test(segments[0] ?? "") ? segments.shift() : null;
  const edge = segments.length === 2 && (segments[1] === "messages" || segments[1] === "message_attachments") ? segments[1] : null;
  return { version, page: segments.length <= 2 ? decode(segments[0] ?? "") : null, edge, depth: segments.length };
}

function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export class Answers {
  #tokens;
  #appSecret;
  #now;
  #rate;
  #limits = new Map();
  #made = 0;
  // Ids of two servers, or of two runs, must not look alike.
  #run = randomBytes(9).toString("base64url");
  #attachments = 1_000_000_000_000_000n + BigInt(randomBytes(5).readUIntBE(0, 5));

  /** Requests, and items of batches, that the enforced rate refused. */
  refused = 0;

  constructor({ token, appSecret, perSecond, limitError, now = Date.now }) {
    this.#tokens = readTokens(token);
    this.#appSecret = appSecret;
    this.#rate = readRate(perSecond);
    this.limitError = { code: 613, ...limitError };
    this.#now = now;
  }

  reset() {
    this.refused = 0;
    this.#limits.clear();
  }

  /** The Page of a call: what its path says, or the one that the token belongs to. */
  pageIdOf({ page, token }) {
    return page === "me" || page === "" || page === null ? (this.#tokens?.get(token) ?? DEFAULT_PAGE) : page;
  }

  /** Counts a call to the messages edge against the Page's rate. Only what is let through uses it up. */
  admit(call) {
    if (this.#rate === null || call.edge !== "messages") {
      return true;
    }
    const type = call.fields.message?.attachment?.type;
    const kind = this.#rate.media !== undefined && (type === "audio" || type === "video") ? "media" : "text";
    const limit = this.#rate[kind];
    if (limit === undefined) {
      return true;
    }
    // Without a table of tokens each token is a Page of its own behind "me".
    const page = call.page === "me" ? (this.#tokens?.get(call.token) ?? `me ${call.token}`) : call.page;
    const now = performance.now();
    const key = `${kind} ${page}`;
    let window = this.#limits.get(key);
    if (window === undefined) {
      this.#dropQuietPages(now);
      this.#limits.set(key, (window = new SlidingWindow(limit, this.#rate.windowMs)));
    }
    if (window.admit(now)) {
      return true;
    }
    this.refused += 1;
    return false;
  }

  #dropQuietPages(now) {
    if (this.#limits.size < 1000) {
      return;
    }
    for (const [key, window] of this.#limits) {
      if (window.isQuiet(now)) {
        this.#limits.delete(key);
      }
    }
  }

  limitAnswer() {
    return refusal(this.limitError);
  }

  /**
   * Carries a call out.
   * `itemStep(item, index)` scripts the items of a batch; each of its answers is the item's answer or undefined.
   * @returns {{ status: number, body: unknown, accepted: object[] }}
   */
  answer(call, itemStep) {
    if (call.method !== "POST") {
      return refusal({ code: 100, message: `(#100) You can't perform the operation ${call.method} on this endpoint` });
    }
    if (call.broken !== null) {
      return refusal({ code: 100, message: call.broken });
    }
    const denied = this.#authorise(call);
    if (denied !== null) {
      return refusal(denied);
    }
    if (call.misfit !== null) {
      return refusal({ code: 100, message: call.misfit });
    }
    if (call.isBatch) {
      return this.#batch(call, itemStep);
    }
    if (call.edge === "messages") {
      return this.#message(call);
    }
    if (call.edge === "message_attachments") {
      return this.#upload(call);
    }
    return refusal({ code: 100, subcode: 33, message: "Unsupported post request. Object does not exist, or does not support this operation" });
  }

  #authorise({ token, fields }) {
    if (typeof token !== "string" || token === "") {
      return { code: 190, message: "An access token is required to request this resource." };
    }
    if (this.#tokens !== null && !this.#tokens.has(token)) {
      return { code: 190 };
    }
    if (this.#appSecret === undefined) {
      return null;
    }
    const { appsecret_proof: proof, appsecret_time: time } = fields;
    if (proof === undefined) {
      return { code: 100, message: "API calls from the server require an appsecret_proof argument" };
    }
    const isTimed = time !== undefined;
    const signed = createHmac("sha256", this.#appSecret)
      .update(isTimed ? `${token}|${time}` : token)
      .digest("hex");
    const isFresh = !isTimed || (/^\d+$/.test(String(time)) && Math.abs(this.#now() / 1000 - Number(time)) <= PROOF_LIFE_SECONDS);
    return proof === signed && isFresh ? null : { code: 100, message: "Invalid appsecret_proof provided in the API argument" };
  }

  #message(call) {
    const { recipient, message, sender_action: action, tag } = call.fields;
    const key = RECIPIENTS.find((name) => isGiven(recipient?.[name]));
    if (key === undefined) {
      return refusal({ code: 100, message: "(#100) The parameter recipient is required" });
    }
    if (message !== undefined && action !== undefined) {
      return refusal({ code: 100, subcode: 2018014, message: "(#100) Message and sender action cannot be sent together" });
    }
    if (typeof tag === "string" && RETIRED_TAGS.has(tag)) {
      return refusal({ code: 100, message: "(#100) Invalid parameter: this message tag is no longer supported" });
    }
    const recipientId = key === "id" ? String(recipient.id) : idFor(`${key} ${recipient[key]}`);
    if (action !== undefined) {
      return this.#accept(call, "sender_action", { recipient_id: recipientId });
    }
    const wrong = wrongMessage(message);
    if (wrong !== null) {
      return refusal({ code: 100, message: wrong });
    }
    return this.#accept(call, "message", {
      ...(key !== "user_ref" && key !== "phone_number" && { recipient_id: recipientId }),
      message_id: `m_${this.#run}${(this.#made += 1).toString(36)}`,
      ...(isReusable(message) && { attachment_id: this.#attachmentId() }),
    });
  }

  #upload(call) {
    const { message } = call.fields;
    const attachment = message?.attachment;
    if (!isGiven(attachment?.type)) {
      return refusal({ code: 100, message: "(#100) The parameter message.attachment is required" });
    }
    if (!isGiven(attachment.payload?.url) && call.files.filedata === undefined) {
      return refusal({ code: 100, message: "(#100) An upload needs a url or a file, filedata" });
    }
    return this.#accept(call, "attachment", { attachment_id: this.#attachmentId() });
  }

  #attachmentId() {
    this.#attachments += 1n;
    return String(this.#attachments);
  }

  #accept(call, kind, body) {
    const fields = { ...call.fields };
    for (const secret of SECRETS) {
      delete fields[secret];
    }
    return { status: 200, body, accepted: [{ kind, page: this.pageIdOf(call), ...body, fields }] };
  }

  #batch(call, itemStep) {
    const { batch } = call.fields;
    if (batch.length === 0 || batch.length > MAX_BATCH) {
      return refusal({ code: 100, message: `(#100) A batch holds 1 to ${MAX_BATCH} requests, not ${batch.length}` });
    }
    const accepted = [];
    const withHeaders = String(call.fields.include_headers ?? "true") !== "false";
    call.items = batch.map((item) => readBatchItem(call, item));
    const body = call.items.map((item, index) => {
      item.pageId = this.pageIdOf(item);
      const answer = this.#item(item, index, itemStep);
      accepted.push(...answer.accepted.map((one) => ({ ...one, item: index })));
      if (answer.isNull) {
        return null;
      }
      const headers = answerHeaders(item, answer.usage, answer.headers);
      return {
        code: answer.status,
        ...(withHeaders && { headers: Object.entries(headers).map(([name, value]) => ({ name, value })) }),
        body: typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body),
      };
    });
    return { status: 200, body, accepted };
  }

  #item(item, index, itemStep) {
    if (!this.admit(item)) {
      return this.limitAnswer();
    }
    return itemStep?.(item, index) ?? this.answer(item);
  }
}

export function refusal(error) {
  return { status: error.status ?? 400, body: errorBody(error), accepted: [] };
}

function readBatchItem(outer, item) {
  const given = typeof item === "object" && item !== null ? item : {};
  const [path, query = ""] = String(given.relative_url ?? "").split("?", 2);
  const read = readItem(new URLSearchParams(query), typeof given.body === "string" ? given.body : "");
  const own = read.fields.access_token;
  if (own === undefined) {
    // The proof stands beside the batch's token and speaks for that one only.
    for (const name of ["appsecret_proof", "appsecret_time"]) {
      if (outer.fields[name] !== undefined) {
        read.fields[name] ??= outer.fields[name];
      }
    }
  }
  for (const name of String(given.attached_files ?? "").split(",")) {
    if (Object.hasOwn(outer.files, name.trim())) {
      // One part carries one file: on the edge itself it goes by the edge's own name.
      read.files.filedata = outer.files[name.trim()];
    }
  }
  const { depth, ...target } = readPath(path);
  return {
    method: String(given.method ?? "GET").toUpperCase(),
    relativeUrl: given.relative_url,
    ...target,
    version: target.version ?? outer.version,
    ...read,
    token: own ?? outer.token,
    isBatch: false,
  };
}

function wrongMessage(message) {
  const given = CONTENTS.filter((name) => isGiven(message?.[name]));
  if (given.length === 0) {
    return "(#100) Message must contain text or attachment";
  }
  if (given.includes("text") && (given.includes("attachment") || given.includes("dynamic_text"))) {
    return "(#100) Only one of the text, attachment, and dynamic_text fields can be specified.";
  }
  // The unit of the limit is not documented, so it is counted in the way that allows most.
  if (typeof message.text === "string" && message.text.length > MAX_TEXT && [...message.text].length > MAX_TEXT) {
    return `(#100) Length of param message[text] must be less than or equal to ${MAX_TEXT}`;
  }
  return null;
}

function isGiven(value) {
  return value !== undefined && value !== null && value !== "";
}

function isReusable(message) {
  return [message.attachment, ...(Array.isArray(message.attachments) ? message.attachments : [])].some(
    (one) => one?.payload?.is_reusable === true || one?.payload?.is_reusable === "true",
  );
}

/** A comment or a post is answered with the id of the person behind it: the same for the same one. */
function idFor(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return String(1_000_000_000_000_000n + (hash % 9_000_000_000_000_000n));
}

/** null: any token will do. Else a map from the token to its Page. */
function readTokens(token) {
  if (token === undefined || token === null) {
    return null;
  }
  if (typeof token === "string") {
    return new Map([[token, DEFAULT_PAGE]]);
  }
  return Array.isArray(token) ? new Map(token.map((one) => [one, DEFAULT_PAGE])) : new Map(Object.entries(token));
}

function readRate(perSecond) {
  if (perSecond === undefined || perSecond === null) {
    return null;
  }
  const rate = typeof perSecond === "number" ? { text: perSecond } : perSecond;
  const { text, media, windowMs = 1000, ...rest } = rate;
  for (const limit of [text, media, windowMs]) {
    if (limit !== undefined && !(limit > 0)) {
      throw new TypeError("perSecond must be a number above 0 or { text, media, windowMs }");
    }
  }
  if (Object.keys(rest).length > 0) {
    throw new TypeError(`perSecond has no member ${Object.keys(rest).join(", ")}`);
  }
  return { text, media, windowMs };
}

/** At most `limit` in any span of `spanMs`, wherever the span begins. */
class SlidingWindow {
  #times = [];
  #first = 0;
  #limit;
  #spanMs;

  constructor(limit, spanMs) {
    this.#limit = limit;
    this.#spanMs = spanMs;
  }

  admit(now) {
    this.#forget(now);
    if (this.#times.length - this.#first >= this.#limit) {
      return false;
    }
    this.#times.push(now);
    return true;
  }

  isQuiet(now) {
    this.#forget(now);
    return this.#times.length === this.#first;
  }

  #forget(now) {
    while (this.#first < this.#times.length && this.#times[this.#first] <= now - this.#spanMs) {
      this.#first += 1;
    }
    if (this.#first > 1024) {
      this.#times.splice(0, this.#first);
      this.#first = 0;
    }
  }
}

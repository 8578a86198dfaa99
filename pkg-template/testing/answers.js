// The normal answers of the stand-in for Graph: tokens, the documented success bodies and refusals,
// uploads, batches and the enforced rate. It is not a validator: it refuses only what is documented
// as refused, and only if a sender's behaviour depends on it.
// Sources: https://developers.facebook.com/docs/messenger-platform/reference/send-api
//          https://developers.facebook.com/docs/graph-api/batch-requests
//          https://developers.facebook.com/docs/graph-api/guides/secure-requests
import { signHmac } from "../webhook/hmac.js";
import { readPairs } from "./bodies.js";
import { answerHeaders } from "./headers.js";
import { wrongMedium } from "./media.js";
import { RateLimit } from "./rate.js";

const FIRST_PAGE = 1234567890;
/**
 * The person behind a comment, a post or a token: the id is not in the request, so it is always
 * this one.
 */
const SOMEBODY = "5550001112223";
const MAX_TEXT = 2000;
const MAX_BATCH = 50;
const PROOF_LIFE_SECONDS = 300;
const RETIRED_TAGS = new Set(["ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE"]);
const CONTENTS = ["text", "attachment", "attachments", "sticker_id", "template", "dynamic_text"];
const RECIPIENTS = [
  "id",
  "user_ref",
  "comment_id",
  "post_id",
  "phone_number",
  "one_time_notif_token",
  "notification_messages_token",
];
const ACTIONS = new Set(["typing_on", "typing_off", "mark_seen", "react", "unreact"]);
/** Parameters that are not stored with a message. */
export const SECRETS = ["access_token", "appsecret_proof", "appsecret_time"];

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

/** Graph's error envelope. `subcode` becomes `error_subcode`; every other member is copied. */
function errorBody({ code, message, type, subcode, ...rest }, traceId) {
  return {
    error: {
      message: message ?? MESSAGES[code] ?? `(#${code}) Error`,
      type: type ?? "OAuthException",
      code,
      ...(subcode !== undefined && { error_subcode: subcode }),
      ...rest,
      fbtrace_id: rest.fbtrace_id ?? traceId,
    },
  };
}

export class Answers {
  /** The accepted messages, oldest first. Always the same array. */
  accepted = [];
  /** The calls refused by a check, the rate or a script, oldest first. Always the same array. */
  refused = [];

  #tokens;
  #appSecret;
  #rate;
  #keep;
  #ids;

  /**
   * @param {object} options
   * @param {string | string[]} [options.token] the valid tokens, each of a different Page; without
   * it any token is valid
   * @param {string} [options.appSecret] enables the check of appsecret_proof
   * @param {number | { text?: number, media?: number }} [options.perSecond] calls per second for
   * each Page; 613 above it
   * @param {number} options.keep how many accepted messages and refusals are kept
   * @param {import("./ids.js").Ids} options.ids
   * @param {() => number} options.now milliseconds, for the rate
   */
  constructor({ token, appSecret, perSecond, keep, ids, now }) {
    this.#tokens = token === undefined ? undefined : [token].flat();
    this.#appSecret = appSecret;
    this.#rate = new RateLimit(perSecond, now);
    this.#keep = keep;
    this.#ids = ids;
  }

  reset() {
    this.accepted.length = 0;
    this.refused.length = 0;
    this.#rate.reset();
  }

  /** Parses a request into a call: its path and token, and for a batch the calls in it. */
  async call({ method, path, bearer, params, files, wrong }, outer) {
    const segments = path.split("/").filter((segment) => segment !== "");
    const version = /^v\d+\.\d+$/.test(segments[0] ?? "")
      ? segments.shift()
      : (outer?.version ?? null);
    const token = params.access_token ?? bearer ?? outer?.token ?? null;
    const named = segments[0] ?? "me";
    const mine = String(FIRST_PAGE + Math.max(0, this.#tokens?.indexOf(token) ?? 0));
    const call = {
      method,
      version,
      page: named === "me" ? mine : named,
      edge: segments.length === 2 ? segments[1] : null,
      isBatch: outer === undefined && segments.length <= 1 && params.batch !== undefined,
      token,
      params,
      files,
      wrong,
      denied: await this.#denied(token, params),
      items: [],
    };
    if (call.isBatch && wrong === null && params.batch.length <= MAX_BATCH) {
      call.items = await Promise.all(params.batch.map((item) => this.#item(call, item)));
    }
    return call;
  }

  /**
   * The refusal of a call that exceeds the rate, or null. A caller without access to the Page does
   * not use up its rate.
   */
  limited(call) {
    const counts = call.edge === "messages" && !call.isBatch && call.denied === null;
    return !counts || this.#rate.admit(call) ? null : this.refuse(call, { code: 613 });
  }

  refuse(call, { status = 400, ...error }) {
    const body = errorBody(error, this.#ids.trace());
    const { code, error_subcode: subcode, message } = body.error;
    remember(
      this.refused,
      { page: call.page, code, ...(subcode !== undefined && { subcode }), message, at: Date.now() },
      this.#keep,
    );
    return { status, body };
  }

  /**
   * Carries out a call. `itemAnswer(item, index)` may answer a batch item differently.
   * @returns {{ status: number, body: unknown }}
   */
  answer(call, itemAnswer) {
    const wrong = this.#wrongCall(call);
    if (wrong !== null) {
      return this.refuse(call, wrong);
    }
    if (call.isBatch) {
      return this.#batch(call, itemAnswer);
    }
    return call.edge === "messages" ? this.#message(call) : this.#upload(call);
  }

  #wrongCall(call) {
    if (call.wrong !== null) {
      return { code: 100, message: call.wrong };
    }
    if (call.denied !== null) {
      return call.denied;
    }
    if (
      call.method !== "POST" ||
      !(call.isBatch || call.edge === "messages" || call.edge === "message_attachments")
    ) {
      const message = `Unsupported ${call.method.toLowerCase()} request. The object does not exist or does not support this operation`;
      return { code: 100, subcode: 33, message };
    }
    return null;
  }

  async #denied(token, params) {
    if (typeof token !== "string" || token === "") {
      return { code: 190, message: "An access token is required to request this resource." };
    }
    if (this.#tokens !== undefined && !this.#tokens.includes(token)) {
      return { code: 190 };
    }
    if (this.#appSecret === undefined) {
      return null;
    }
    const { appsecret_proof: proof, appsecret_time: time } = params;
    if (proof === undefined) {
      return {
        code: 100,
        message: "API calls from the server require an appsecret_proof argument",
      };
    }
    const signed = await signHmac(
      this.#appSecret,
      new TextEncoder().encode(time === undefined ? token : `${token}|${time}`),
    );
    const fresh =
      time === undefined || Math.abs(Date.now() / 1000 - Number(time)) <= PROOF_LIFE_SECONDS;
    return proof === signed && fresh
      ? null
      : { code: 100, message: "Invalid appsecret_proof provided in the API argument" };
  }

  #message(call) {
    const { recipient, message, sender_action: action } = call.params;
    const wrong = wrongMessage(call.params) ?? wrongMedium(message, call.files);
    if (wrong !== null) {
      return this.refuse(call, { code: 100, ...wrong });
    }
    const key = recipientKey(recipient);
    const recipientId = key === "id" ? String(recipient.id) : SOMEBODY;
    if (action !== undefined) {
      return { status: 200, body: { recipient_id: recipientId } };
    }
    const body = {
      ...(key !== "user_ref" && key !== "phone_number" && { recipient_id: recipientId }),
      message_id: this.#ids.message(),
      ...(isReusable(message) && { attachment_id: this.#ids.attachment() }),
    };
    remember(
      this.accepted,
      { page: call.page, ...body, params: withoutSecrets(call.params), at: Date.now() },
      this.#keep,
    );
    return { status: 200, body };
  }

  #upload(call) {
    const { type } = call.params.message?.attachment ?? {};
    if (!isGiven(type)) {
      return this.refuse(call, {
        code: 100,
        message: "(#100) param message must have an attachment",
      });
    }
    const wrong = wrongMedium(call.params.message, call.files);
    if (wrong !== null) {
      return this.refuse(call, { code: 100, ...wrong });
    }
    return { status: 200, body: { attachment_id: this.#ids.attachment() } };
  }

  #batch(call, itemAnswer) {
    const { batch, include_headers: withHeaders = true } = call.params;
    if (batch.length === 0 || batch.length > MAX_BATCH) {
      return this.refuse(call, {
        code: 100,
        message: `(#100) A batch holds 1 to ${MAX_BATCH} requests, not ${batch.length}`,
      });
    }
    const body = call.items.map((item, index) => {
      const answer = this.limited(item) ?? itemAnswer?.(item, index) ?? this.answer(item);
      // An item that did not finish in time has no response.
      if (answer.isNull) {
        return null;
      }
      const headers = Object.entries(answerHeaders(item, answer.headers, this.#ids)).map(
        ([name, value]) => ({ name, value }),
      );
      return {
        code: answer.status,
        ...(String(withHeaders) !== "false" && { headers }),
        body: typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body),
      };
    });
    return { status: 200, body };
  }

  #item(outer, given) {
    const [path, query = ""] = String(given?.relative_url ?? "").split("?", 2);
    const body = typeof given?.body === "string" ? given.body : "";
    const read = readPairs(new URLSearchParams(query), new URLSearchParams(body));
    if (read.params.access_token === undefined) {
      // The proof belongs to the token of the batch only.
      const { appsecret_proof, appsecret_time } = outer.params;
      read.params = {
        ...(appsecret_proof !== undefined && { appsecret_proof }),
        ...(appsecret_time !== undefined && { appsecret_time }),
        ...read.params,
      };
    }
    for (const name of String(given?.attached_files ?? "").split(",")) {
      if (Object.hasOwn(outer.files, name.trim())) {
        read.files.filedata = outer.files[name.trim()];
      }
    }
    return this.call(
      { method: String(given?.method ?? "GET").toUpperCase(), path, ...read },
      outer,
    );
  }
}

/** The error of a message or a sender action, or null. */
function wrongMessage({ recipient, message, sender_action: action, tag }) {
  if (recipientKey(recipient) === undefined) {
    return { message: "(#100) The parameter recipient is required" };
  }
  if (message !== undefined && action !== undefined) {
    return {
      subcode: 2018014,
      message: "(#100) Message and sender action cannot be sent together",
    };
  }
  if (RETIRED_TAGS.has(tag)) {
    return { message: "(#100) Invalid parameter" };
  }
  if (action !== undefined) {
    // Whether Graph distinguishes letter case is not documented, so the stand-in does not.
    return ACTIONS.has(String(action).toLowerCase())
      ? null
      : { message: "(#100) param sender_action must be one of its values" };
  }
  const given = CONTENTS.filter((name) => isGiven(message?.[name]));
  if (given.length === 0) {
    return {
      subcode: 2018034,
      message: "(#100) Message cannot be empty, must provide valid attachment or text",
    };
  }
  if (given.includes("text") && (given.includes("attachment") || given.includes("dynamic_text"))) {
    return {
      message: "(#100) Only one of the text, attachment, and dynamic_text fields can be specified",
    };
  }
  // The unit of the limit is not documented, so the most permissive one is used.
  if (typeof message.text === "string" && [...message.text].length > MAX_TEXT) {
    return {
      message: `(#100) Length of param message[text] must be less than or equal to ${MAX_TEXT}`,
    };
  }
  return null;
}

function recipientKey(recipient) {
  return RECIPIENTS.find((name) => isGiven(recipient?.[name]));
}

function isReusable({ attachment, attachments }) {
  return [attachment, attachments]
    .flat()
    .some((one) => one?.payload?.is_reusable === true || one?.payload?.is_reusable === "true");
}

function isGiven(value) {
  return value !== undefined && value !== null && value !== "";
}

/** The parameters of a call, without its token and proof. */
export function withoutSecrets(params) {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !SECRETS.includes(name)));
}

/** Adds to a bounded list, from which the oldest item is dropped first. */
export function remember(list, entry, keep) {
  list.push(entry);
  if (list.length > keep) {
    list.shift();
  }
}

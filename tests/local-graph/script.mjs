// The scripted answers: which step a request meets, and what that step makes of the request's normal answer.
import { errorBody, refusal } from "./answers.mjs";
import { drawStep, readStep } from "./steps.mjs";

const HTML = "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>\n";
const HUGE_BYTES = 50 * 1024 * 1024;
const NORMAL = readStep("ok");

export class Script {
  #answers;
  #queue = [];
  #standing = null;
  #throttle = null;

  /** Requests and items of batches that a "throttle" refused. */
  throttled = 0;

  constructor(answers) {
    this.#answers = answers;
  }

  /** Steps are queued, one for each coming request; a function becomes the standing behaviour for when the queue is empty. */
  add(given) {
    // All are read before one is queued: a mistake leaves the script as it was.
    const read = given.map((step) => (typeof step === "function" ? step : readStep(step)));
    for (const step of read) {
      if (typeof step === "function") {
        this.#standing = step;
      } else {
        this.#queue.push(step);
      }
    }
  }

  /** The standing behaviour: a step for every request, a function (request) => step, or null for the normal one. */
  always(given) {
    if (given === null || given === undefined || typeof given === "function") {
      this.#standing = given ?? null;
    } else {
      const step = readStep(given);
      this.#standing = () => step;
    }
  }

  get queued() {
    return this.#queue.length;
  }

  reset() {
    this.#queue.length = 0;
    this.#standing = null;
    this.#throttle = null;
    this.throttled = 0;
  }

  /** The step for this request, ready to be composed. A promise only where the standing function gives one. */
  next(request) {
    const running = this.#running();
    if (running !== null) {
      return running;
    }
    if (this.#queue.length > 0) {
      const step = this.#queue[0];
      if (step.kind === "repeat" && (step.left -= 1) > 0) {
        return this.#settle(step.inner);
      }
      this.#queue.shift();
      return this.#settle(step.kind === "repeat" ? step.inner : step);
    }
    const chosen = this.#standing?.(request);
    if (typeof chosen?.then === "function") {
      return chosen.then((step) => this.#settle(readChosen(step)));
    }
    return this.#settle(readChosen(chosen));
  }

  /** Steps that stand for another one. */
  #settle(step) {
    if (step.kind === "random") {
      return this.#settle(drawStep(step) ?? NORMAL);
    }
    if (step.kind === "repeat") {
      return this.#settle(step.inner);
    }
    if (step.kind === "throttle" && this.#running() === null) {
      const { forMs, times } = step.options;
      this.#throttle = { step, until: performance.now() + (forMs ?? (times === undefined ? 1000 : Infinity)), left: times ?? Infinity };
      return this.#running();
    }
    return step;
  }

  #running() {
    const throttle = this.#throttle;
    if (throttle === null) {
      return null;
    }
    if (throttle.left <= 0 || performance.now() >= throttle.until) {
      this.#throttle = null;
      return null;
    }
    throttle.left -= 1;
    return throttle.step;
  }

  /**
   * What goes over the wire for a step. The request is carried out here, so that "accepted" is settled before the first byte.
   * @returns {{ how: string, name: string, status: number, headers?: object, usage?: object, body: string | Buffer, accepted: object[], options: object }}
   */
  compose(step, call) {
    const { kind, options } = step;
    if (kind === "delay") {
      const plan = this.compose(this.#settle(step.inner), call);
      return { ...plan, name: `delay ${plan.name}`, delayMs: options.ms + (plan.delayMs ?? 0) };
    }
    if (kind === "throttle") {
      return this.#composeThrottle(step, call);
    }
    const hasBody = options.body !== undefined || options.base64 !== undefined;
    const carriesOut = options.accept ?? (step.genuine && !hasBody);
    const itemStep = kind === "batch" ? (item, index) => this.#itemAnswer(step.item(item, index), item) : undefined;
    const genuine = carriesOut || kind === "batch" ? this.#answers.answer(call, itemStep) : null;
    const plan = {
      how: "answer",
      name: kind,
      status: options.status ?? (step.genuine ? genuine?.status : undefined) ?? 200,
      headers: options.headers,
      usage: options.usage,
      body: hasBody ? bodyOf(options) : JSON.stringify(genuine?.body ?? errorBody({ code: 2 })),
      accepted: genuine?.accepted ?? [],
      options,
    };
    switch (kind) {
      case "ok":
      case "drip":
      case "stall":
      case "resetInside":
      case "headersThenSilence":
      case "silence":
      case "resetBefore":
        plan.how = kind === "ok" ? "answer" : kind;
        break;
      case "acceptThenReset":
        plan.how = "resetBefore";
        break;
      case "batch":
        plan.status = genuine.status;
        break;
      case "error":
        plan.status = options.status ?? 400;
        plan.body = JSON.stringify(errorBody(options));
        break;
      case "okWithError":
        plan.body = JSON.stringify(errorBody({ code: 2, ...options }));
        break;
      case "raw":
        plan.body = hasBody ? bodyOf(options) : "";
        break;
      case "empty":
        plan.body = "";
        break;
      case "html":
        plan.body = hasBody ? bodyOf(options) : HTML;
        plan.headers = { "Content-Type": "text/html; charset=utf-8", ...options.headers };
        break;
      case "array":
        plan.body = hasBody ? bodyOf(options) : JSON.stringify([genuine?.body ?? { recipient_id: "PSID", message_id: "m_in_an_array" }]);
        break;
      case "halfJson":
        plan.body = half(plan.body);
        break;
      case "huge":
        plan.how = "huge";
        // Without an acceptance there is nothing in it that could be taken for a receipt.
        plan.body = JSON.stringify({ ...genuine?.body, padding: "" }).slice(0, -2);
        plan.options = { bytes: HUGE_BYTES, ...options };
        break;
      case "redirect":
        plan.status = options.status ?? 307;
        plan.headers = { Location: options.to, ...options.headers };
        plan.body = "";
        break;
    }
    return plan;
  }

  /** Every item of a batch counts as a call of its own, so a throttled batch is refused item by item. */
  #composeThrottle({ options }, call) {
    const { regainMinutes, retryAfter } = options;
    const error = { ...options, code: options.code ?? 613 };
    const usage = {
      ...options.usage,
      business: { call_count: 100, estimated_time_to_regain_access: regainMinutes ?? 0, ...options.usage?.business },
    };
    const headers = { ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }), ...options.headers };
    const refuse = () => {
      this.throttled += 1;
      return { ...refusal(error), usage, headers };
    };
    const answer = call.isBatch ? this.#answers.answer(call, refuse) : refuse();
    const { status, body, accepted } = answer;
    return { how: "answer", name: "throttle", status, headers, usage, body: JSON.stringify(body), accepted, options };
  }

  #itemAnswer(step, item) {
    if (step === undefined) {
      return undefined;
    }
    if (step.kind === "null") {
      return { isNull: true, accepted: [] };
    }
    if (step.kind === "acceptThenNull") {
      return { isNull: true, accepted: this.#answers.answer(item).accepted };
    }
    return this.compose(step, item);
  }
}

function readChosen(step) {
  return step === undefined || step === null ? NORMAL : readStep(step);
}

function bodyOf({ body, base64 }) {
  if (base64 !== undefined) {
    return Buffer.from(base64, "base64");
  }
  return typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
}

/** At least one byte of it, and never all. */
export function half(body) {
  return body.slice(0, Math.max(1, Math.floor(body.length / 2)));
}

// The scripted responses: which step applies to a request, and how it changes the normal response.
import { readStep } from "./steps.js";

const HTML =
  "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>\n";

export class Script {
  #queue = [];
  #standing = null;

  /**
   * Queues steps. A function (request) => step applies to every request that finds the queue empty;
   * no step means the normal response.
   */
  add(given) {
    // All are checked before any is queued, so that a mistake leaves the script unchanged.
    const read = given.map((one) => (typeof one === "function" ? one : readStep(one)));
    for (const one of read) {
      if (typeof one === "function") {
        this.#standing = one;
      } else {
        this.#queue.push(...Array(one.step === "throttle" ? (one.times ?? 1) : 1).fill(one));
      }
    }
  }

  reset() {
    this.#queue.length = 0;
    this.#standing = null;
  }

  async next(request) {
    return this.#queue.shift() ?? readStep((await this.#standing?.(request)) ?? "ok");
  }
}

/**
 * The response on the wire for a step. The call is carried out here, so a message is accepted
 * before the first byte. `how` is "answer", or how the response fails.
 */
export function compose(step, call, answers) {
  switch (step.step) {
    case "delay": {
      const plan = compose(step.then, call, answers);
      return { ...plan, delayMs: step.ms + (plan.delayMs ?? 0) };
    }
    case "unreachable":
      return { how: "unreachable", code: step.code };
    case "resetBefore":
      return { how: "reset", fin: step.fin };
    case "acceptThenReset":
      answers.answer(call);
      return { how: "reset", fin: step.fin };
    case "silence":
      if (step.accept !== false) {
        answers.answer(call);
      }
      return { how: "silence" };
    case "headersThenSilence":
    case "drip":
    case "stall":
    case "resetInside":
      return {
        ...normal(step, call, answers),
        how: step.step,
        everyMs: step.everyMs,
        fin: step.fin,
      };
    case "batch":
      return normal(step, call, answers, (item, index) =>
        itemAnswer(step.items[index], item, answers),
      );
    case "error":
    case "okWithError":
    case "throttle":
      return refusal(step, call, answers);
    case "ok":
      return normal(step, call, answers);
    case "halfJson": {
      const answer = normal(step, call, answers);
      return { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) };
    }
    default:
      return replaced(step, step.accept ? answers.answer(call).body : undefined);
  }
}

function normal(step, call, answers, items) {
  const { status, body } = answers.answer(call, items);
  return { how: "answer", status, headers: step.headers, body: JSON.stringify(body) };
}

function refusal(
  { step, status, headers, accept, times, regainMinutes, retryAfter, ...error },
  call,
  answers,
) {
  if (accept) {
    answers.answer(call);
  }
  const envelope = { code: step === "throttle" ? 613 : 2, ...error };
  const refused = answers.refuse(call, {
    status: status ?? (step === "okWithError" ? 200 : 400),
    ...envelope,
  });
  const usage = {
    type: "messenger",
    call_count: 100,
    total_cputime: 100,
    total_time: 100,
    estimated_time_to_regain_access: regainMinutes ?? 0,
  };
  return {
    how: "answer",
    status: refused.status,
    headers: {
      ...(step === "throttle" && {
        "X-Business-Use-Case-Usage": JSON.stringify({ [call.page]: [usage] }),
      }),
      ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }),
      ...headers,
    },
    body: JSON.stringify(refused.body),
  };
}

/**
 * Responses that do not come from Graph. `receipt`: the normal body, if the message was accepted
 * nevertheless.
 */
function replaced(step, receipt) {
  const plan = { how: "answer", status: step.status ?? 200, headers: step.headers, body: "" };
  switch (step.step) {
    case "empty":
      return plan;
    case "html":
      return {
        ...plan,
        headers: { "Content-Type": "text/html; charset=utf-8", ...step.headers },
        body: step.body ?? HTML,
      };
    case "array":
      return {
        ...plan,
        body: JSON.stringify([receipt ?? { recipient_id: "1", message_id: "m_in_an_array" }]),
      };
    case "raw":
      return {
        ...plan,
        body: typeof step.body === "string" ? step.body : (JSON.stringify(step.body) ?? ""),
      };
    case "redirect":
      return { ...plan, headers: { Location: step.to, ...step.headers } };
    case "huge":
      // The body is left open within a string, which the transport fills and closes.
      return {
        ...plan,
        how: "huge",
        body: JSON.stringify({ ...receipt, padding: "" }).slice(0, -2),
        bytes: step.bytes,
        declared: step.declared,
      };
    default:
      throw new TypeError(`the step ${step.step} has no answer`);
  }
}

function itemAnswer(step, item, answers) {
  if (step === undefined) {
    return undefined;
  }
  if (step === null) {
    return { isNull: true };
  }
  const plan = compose(step, item, answers);
  return plan.how === "silence" ? { isNull: true } : plan;
}

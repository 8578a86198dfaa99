// POST /messages and GET /messages/{id}.
import type { Env } from "../env.ts";
import type { Caller } from "../http/authenticate.ts";
import { readJson } from "../http/body.ts";
import { Problem, retryAfter } from "../http/problem.ts";
import { type Taken, takeIn } from "../intake.ts";
import { PageObject } from "../page-object.ts";
import { readMessageId } from "../sender/ids.ts";
import type { Accepted } from "../sender/page-sender.ts";

const MAX_BODY_BYTES = 4 * 1024 * 1024;

export async function postMessages(
  request: Request,
  env: Env,
  caller: Caller,
  traceId: string,
): Promise<Response> {
  const body = await readJson(request, MAX_BODY_BYTES);
  const taken = await takeIn(body, caller, traceId);
  return isTrue(new URL(request.url).searchParams.get("wait"))
    ? sendNow(taken, env)
    : queue(taken, env);
}

export async function getMessage(id: string, env: Env, caller: Caller): Promise<Response> {
  const pageId = readMessageId(id)?.pageId;
  const view =
    pageId !== undefined && caller.hasPage(pageId)
      ? await PageObject.of(env, pageId).look(pageId, id)
      : undefined;
  if (view === undefined) {
    // Also for a message of a Page that the key is not for: the response must not reveal that it exists.
    throw new Problem("not-found", "There is no such message of a Page that the key is for.");
  }
  return Response.json(view);
}

async function queue(taken: Taken[], env: Env): Promise<Response> {
  const pages = Map.groupBy(
    taken.map((one, index) => ({ ...one, index })),
    ({ pageId }) => pageId,
  );
  // Each object accepts all or nothing. With several Pages, all are checked for conflicts before the first one accepts.
  if (pages.size > 1) {
    const found = await Promise.all(
      [...pages].map(async ([pageId, list]) => {
        const keyed = list.filter(({ posted }) => posted.idempotencyKey !== null);
        const keys = keyed.map(({ posted }) => posted);
        const conflicts =
          keys.length === 0 ? [] : await PageObject.of(env, pageId).conflicts(pageId, keys);
        return conflicts.map((at) => keyed[at]?.index ?? 0);
      }),
    );
    throwOnConflicts(found.flat());
  }
  const answers = await Promise.all(
    [...pages].map(async ([pageId, list]) => {
      const posted = list.map((one) => one.posted);
      const answer = (await PageObject.of(env, pageId).accept(pageId, posted)) as Accepted;
      if (!answer.ok) {
        throwOnConflicts(answer.conflicts.map((at) => list[at]?.index ?? 0));
        return [];
      }
      return list.map(({ index, warnings }, at) => ({
        index,
        ...answer.messages[at],
        page_id: pageId,
        warnings,
      }));
    }),
  );
  const messages = answers
    .flat()
    .sort((one, other) => one.index - other.index)
    .map(({ id, page_id, status, isDuplicate, warnings }) => ({
      id,
      page_id,
      status,
      ...(isDuplicate ? { duplicate: true } : {}),
      ...(warnings.length === 0 ? {} : { warnings }),
    }));
  const [first] = messages;
  return Response.json(
    { messages },
    {
      status: 202,
      headers: messages.length === 1 ? { Location: `/messages/${first?.id}` } : {},
    },
  );
}

async function sendNow(taken: Taken[], env: Env): Promise<Response> {
  const [one] = taken;
  if (one === undefined || taken.length > 1) {
    throw new Problem("too-many-messages", "With ?wait=1 one message is sent.", {
      limit: 1,
      actual: taken.length,
    });
  }
  const answer = await PageObject.of(env, one.pageId).sendNow(one.pageId, one.posted);
  if (answer.result === "conflict") {
    throwOnConflicts([0]);
  }
  if (answer.result === "not_now") {
    const { retryAfterMs, failure } = answer;
    throw new Problem(
      "not-now",
      failure?.hint ?? failure?.message ?? "The Page waits, or sends to this person already.",
      { retry_after_ms: Math.ceil(retryAfterMs), ...(failure ? { error: failure } : {}) },
      retryAfter(retryAfterMs),
    );
  }
  if (answer.result !== "stored") {
    throw new Problem("internal-error", "The object of the Page has answered nothing.");
  }
  const { message, receipt, isDuplicate } = answer;
  const { error } = message;
  const told = error?.hint ?? error?.message ?? "";
  switch (message.status) {
    case "sent":
    case "delivered":
      return Response.json({
        ...message,
        ...(receipt === undefined ? {} : { receipt }),
        ...(isDuplicate ? { duplicate: true } : {}),
        ...(one.warnings.length === 0 ? {} : { warnings: one.warnings }),
      });
    case "refused":
    case "dead":
      throw new Problem("message-refused", told, { message });
    case "unknown":
    case "probably_not_delivered":
      throw new Problem("outcome-unknown", told, { message });
    default:
      return Response.json({ ...message, duplicate: true }, { status: 202 });
  }
}

function throwOnConflicts(indexes: number[]): void {
  if (indexes.length > 0) {
    throw new Problem("key-reused", "The key was used with another message. Nothing was stored.", {
      messages: indexes.sort((one, other) => one - other),
    });
  }
}

const isTrue = (text: string | null) => text === "1" || text === "true";

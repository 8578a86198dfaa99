// GET /pages, GET /pages/{id} and GET /metrics.
import type { Env } from "../env.ts";
import type { Caller } from "../http/authenticate.ts";
import { Problem } from "../http/problem.ts";
import { PageObject } from "../page-object.ts";
import type { Overview } from "../sender/views.ts";

export async function getPages(env: Env, caller: Caller): Promise<Response> {
  return Response.json({ pages: await overviews(env, caller) });
}

export async function getPage(id: string, env: Env, caller: Caller): Promise<Response> {
  if (!caller.hasPage(id)) {
    throw new Problem("not-found", "There is no such Page that the key is for.");
  }
  return Response.json(await PageObject.of(env, id).overview(id));
}

/** The metrics in the text format of Prometheus. */
export async function getMetrics(env: Env, caller: Caller): Promise<Response> {
  const pages = await overviews(env, caller);
  const gauge = (name: string, help: string, lines: (page: Overview) => string[]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...pages.flatMap(lines),
  ];
  const text = [
    ...gauge("messenger_sender_messages", "Stored messages by state.", ({ id, totals }) =>
      Object.entries(totals).map(
        ([status, count]) => `messenger_sender_messages{page="${id}",status="${status}"} ${count}`,
      ),
    ),
    ...gauge("messenger_sender_sends_last_minute", "Requests to Graph in 60 seconds.", (page) => [
      `messenger_sender_sends_last_minute{page="${page.id}"} ${page.rate.last_minute}`,
    ]),
    ...gauge("messenger_sender_paused", "1 while the Page waits.", ({ id, pause }) => [
      `messenger_sender_paused{page="${id}",reason="${pause?.reason ?? ""}"} ${pause === null ? 0 : 1}`,
    ]),
  ];
  return new Response(`${text.join("\n")}\n`, {
    headers: { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" },
  });
}

async function overviews(env: Env, caller: Caller): Promise<Overview[]> {
  return Promise.all(caller.pages().map((id) => PageObject.of(env, id).overview(id)));
}

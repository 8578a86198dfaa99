// Stands before the bundled Worker in tests: the same Worker, with faults that a test asks for, and a look into what is stored.
import worker, { PageObject as Base } from "./index.js";

/** So many consumers die after they have done their work, before anything is acknowledged. */
let deaths = 0;
/** Whether each batch is delivered twice, at the same time. */
let isDoubled = false;
/** What the queues delivered: names and numbers. */
const batches = [];

export class PageObject extends Base {
  /** What Cloudflare would charge for this object's storage. */
  #rows = { read: 0, written: 0 };

  constructor(ctx, env) {
    super(ctx, env);
    const { sql } = ctx.storage;
    const counted = {
      exec: (...args) => {
        const cursor = sql.exec(...args);
        const rows = cursor.toArray();
        this.#rows.read += cursor.rowsRead;
        this.#rows.written += cursor.rowsWritten;
        return { toArray: () => rows };
      },
    };
    const storage = {
      sql: counted,
      getAlarm: () => ctx.storage.getAlarm(),
      setAlarm: (time) => {
        this.#rows.written += 1;
        return ctx.storage.setAlarm(time);
      },
    };
    this.ctx = { storage, abort: (reason) => ctx.abort(reason) };
  }

  rows() {
    return this.#rows;
  }

  abort() {
    this.ctx.abort("evicted by a test");
  }

  /** Every row of every table. */
  dump() {
    const { sql } = this.ctx.storage;
    const tables = sql
      .exec(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
      )
      .toArray();
    return Object.fromEntries(
      tables.map(({ name }) => [name, sql.exec(`SELECT * FROM ${name}`).toArray()]),
    );
  }
}

const silent = (batch) => ({
  queue: batch.queue,
  messages: batch.messages.map(({ id, body, attempts, timestamp }) => ({
    id,
    body,
    attempts,
    timestamp,
    ack() {},
    retry() {},
  })),
});

export default {
  async fetch(request, env, context) {
    const { pathname, searchParams } = new URL(request.url);
    if (!pathname.startsWith("/__test/")) {
      return worker.fetch(request, env, context);
    }
    const page = () => env.PAGE_OBJECT.get(env.PAGE_OBJECT.idFromName(searchParams.get("page")));
    switch (pathname.slice("/__test/".length)) {
      case "deaths":
        deaths = Number(searchParams.get("times"));
        return new Response();
      case "double":
        isDoubled = searchParams.get("on") === "1";
        return new Response();
      case "batches":
        return Response.json(batches);
      case "abort":
        await page()
          .abort()
          .catch(() => {});
        return new Response();
      case "dump":
        return Response.json(await page().dump());
      case "rows":
        return Response.json(await page().rows());
      case "queue":
        await env.MESSAGES.send(await request.json());
        return new Response();
      default:
        return new Response("no such test", { status: 404 });
    }
  },

  async queue(batch, env, context) {
    batches.push({ queue: batch.queue, messages: batch.messages.length });
    if (deaths > 0) {
      deaths -= 1;
      await worker.queue(silent(batch), env, context);
      throw new Error("a test let the consumer die");
    }
    const twice = isDoubled ? worker.queue(silent(batch), env, context) : undefined;
    await Promise.all([worker.queue(batch, env, context), twice]);
  },
};

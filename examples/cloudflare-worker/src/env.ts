// The configuration of the Worker: bindings, secrets and variables. README.md describes each.
import type { PageObject } from "./page-object.ts";
import type { Settings } from "./sender/message.ts";
import { TEXT_PER_SECOND } from "./sender/pace.ts";

/** A message on the queue. Its content is stored in the object of its Page, not here. */
export interface QueuedMessage {
  id: string;
  trace_id: string;
}

export interface Env {
  MESSAGES: Queue<QueuedMessage>;
  DEAD_LETTERS: Queue<unknown>;
  PAGE_OBJECT: DurableObjectNamespace<PageObject>;
  /** Limits the calls a minute of each caller, by name. Without it there is no limit. */
  KEY_LIMIT?: RateLimit;
  OUTCOMES?: AnalyticsEngineDataset;

  /** JSON: `[{ "name": "shop", "sha256": "<hex>", "pages": ["1234567890"] }]`; `"*"` is every Page. */
  API_KEYS?: string;
  APP_SECRET?: string;
  VERIFY_TOKEN?: string;

  GRAPH_URL?: string;
  ALLOWED_ORIGINS?: string;
  RATE_PER_SECOND?: string;
  ECHO_WAIT_SECONDS?: string;
  RETENTION_DAYS?: string;
  REQUEUE_SECONDS?: string;
  SEND_TIMEOUT_MS?: string;
}

const DAY_MS = 24 * 3_600_000;

export function settingsOf(env: Env): Settings {
  return {
    perSecond: numberOf("RATE_PER_SECOND", env.RATE_PER_SECOND, TEXT_PER_SECOND),
    echoWaitMs: numberOf("ECHO_WAIT_SECONDS", env.ECHO_WAIT_SECONDS, 15 * 60) * 1000,
    requeueMs: numberOf("REQUEUE_SECONDS", env.REQUEUE_SECONDS, 10 * 60) * 1000,
    retentionMs: numberOf("RETENTION_DAYS", env.RETENTION_DAYS, 7) * DAY_MS,
  };
}

export function numberOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === "") {
    return otherwise;
  }
  const number = Number(text);
  if (!(number > 0)) {
    throw new Error(`${name} must be a number above 0`);
  }
  return number;
}

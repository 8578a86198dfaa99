// The access tokens of the Pages: a secret `PAGE_TOKEN_<page id>` for each, or a binding of that name to a Secrets Store.
// For more Pages than a Worker can have bindings, read your own store here; nothing else needs to change.
import type { Env } from "./env.ts";

const PREFIX = "PAGE_TOKEN_";

/** A binding of a Secrets Store. */
interface StoredSecret {
  get(): Promise<string>;
}

/** The ids of the Pages that have a token. */
export function pageIds(env: Env): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && /^\d{1,32}$/.test(name.slice(PREFIX.length)))
    .map((name) => name.slice(PREFIX.length))
    .sort();
}

export function hasToken(env: Env, pageId: string): boolean {
  return /^\d{1,32}$/.test(pageId) && Object.hasOwn(env, PREFIX + pageId);
}

/** Called before each send, so that a token in a Secrets Store can be replaced while the sender runs. */
export async function pageToken(env: Env, pageId: string): Promise<string> {
  const secret = (env as unknown as Record<string, unknown>)[PREFIX + pageId];
  if (typeof secret === "string") {
    return secret;
  }
  if (isStored(secret)) {
    return secret.get();
  }
  throw new Error(`There is no token of the Page ${pageId}.`);
}

function isStored(secret: unknown): secret is StoredSecret {
  return typeof secret === "object" && secret !== null && "get" in secret;
}

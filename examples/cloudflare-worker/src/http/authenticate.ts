// Authenticates callers by bearer keys, each for some Pages. Only the SHA-256 hashes of keys are configured.
import type { Env } from "../env.ts";
import { hasToken, pageIds } from "../tokens.ts";
import { Problem, retryAfter } from "./problem.ts";

const EVERY_PAGE = "*";
const LIMIT_PERIOD_MS = 60_000;

interface Key {
  name: string;
  sha256: string;
  pages: string[];
}

/** A caller with a valid key. */
export class Caller {
  readonly name: string;
  readonly #pages: readonly string[];
  readonly #env: Env;

  constructor({ name, pages }: Key, env: Env) {
    this.name = name;
    this.#pages = pages;
    this.#env = env;
  }

  mayUse(pageId: string): boolean {
    return this.#pages.includes(EVERY_PAGE) || this.#pages.includes(pageId);
  }

  /** The configured Pages that the key is for. */
  pages(): string[] {
    return pageIds(this.#env).filter((pageId) => this.mayUse(pageId));
  }

  hasPage(pageId: string): boolean {
    return this.mayUse(pageId) && hasToken(this.#env, pageId);
  }
}

export async function authenticate(request: Request, env: Env): Promise<Caller> {
  const [, shown] = /^Bearer +(\S+) *$/i.exec(request.headers.get("Authorization") ?? "") ?? [];
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(shown ?? ""));
  // Every key is compared, each in constant time, so that the time does not reveal a similar key.
  const found = keysOf(env).filter(({ sha256 }) =>
    crypto.subtle.timingSafeEqual(bytesOf(sha256), hash),
  );
  const [key] = found;
  if (shown === undefined || key === undefined) {
    throw new Problem(
      "unauthorized",
      "Send a key that is configured, as `Authorization: Bearer <key>`.",
      {},
      { "WWW-Authenticate": "Bearer" },
    );
  }
  if (env.KEY_LIMIT !== undefined && !(await env.KEY_LIMIT.limit({ key: key.name })).success) {
    throw new Problem(
      "too-many-requests",
      "This key has called too often within a minute.",
      {},
      retryAfter(LIMIT_PERIOD_MS),
    );
  }
  return new Caller(key, env);
}

function keysOf(env: Env): Key[] {
  let keys: unknown;
  try {
    keys = JSON.parse(env.API_KEYS ?? "[]");
  } catch {
    keys = undefined;
  }
  if (!Array.isArray(keys) || !keys.every(isKey)) {
    throw new Problem("not-configured", "The secret API_KEYS is not what README.md says.");
  }
  return keys;
}

function isKey(key: unknown): key is Key {
  const { name, sha256, pages } = (key ?? {}) as Partial<Record<keyof Key, unknown>>;
  return (
    typeof name === "string" &&
    typeof sha256 === "string" &&
    /^[0-9a-f]{64}$/i.test(sha256) &&
    Array.isArray(pages) &&
    pages.every((page) => typeof page === "string")
  );
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

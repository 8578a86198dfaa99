// The demo page as it is served: `npm start` and the browser tests have the same roots and the same strict policy.
import { at } from "./root.mjs";
import { serve } from "./serve.mjs";

const TRIES = 50;

/** What the page may do: run its own scripts and the module, and talk to the stand-in. */
export function policy(graphUrl) {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${new URL(graphUrl).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/**
 * Serves the page, the built package and what the page needs to know of the stand-in.
 * @param {{ graph: string, token: string, port?: number }} options port: 0 for a free one; one that is taken makes it the next
 */
export async function serveDemo({ graph, token, port = 0 }) {
  const options = {
    roots: { "/": at("www"), "/pkg/": at("pkg") },
    headers: { "Content-Security-Policy": policy(graph), "Referrer-Policy": "no-referrer" },
    config: { graph, token },
  };
  for (let next = port; ; next += 1) {
    try {
      return await serve({ ...options, port: next });
    } catch (error) {
      if (error.code !== "EADDRINUSE" || next - port >= TRIES) {
        throw error;
      }
    }
  }
}

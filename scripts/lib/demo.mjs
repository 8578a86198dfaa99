// The demo page as it is served: `npm start` and the browser tests have the same built files and the same strict policy.
import { pathToFileURL } from "node:url";
import { freshPage } from "./page.mjs";
import { createProxy } from "./proxy.mjs";
import { at } from "./root.mjs";
import { serve } from "./serve.mjs";

const TRIES = 50;
const PROXY = "/graph";

/** What the page may do: run its own scripts and the module, talk to the stand-in, and show pictures when it is asked to. */
export function policy(graphUrl) {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' https:",
    `connect-src 'self' ${new URL(graphUrl).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/**
 * Serves the built page and what it needs to know of the stand-in.
 * @param {object} options
 * @param {string} options.graph where the stand-in is
 * @param {string} options.token the stand-in's, made up: the page learns it
 * @param {{ pageId: string, token: string, graph?: string }} [options.live] a real Page: it gets a proxy, and the page never learns its token
 * @param {number} [options.port] 0 for a free one; one that is taken makes it the next
 * @param {string} [options.page] the folder of the built page; without one it is built if it has to be
 */
export async function serveDemo({ graph, token, live, port = 0, page }) {
  const options = {
    roots: { "/": page ?? (await freshPage()) },
    headers: { "Content-Security-Policy": policy(graph), "Referrer-Policy": "no-referrer" },
    config: { graph, token, ...(live && { live: { graph: PROXY, page: live.pageId } }) },
    handlers: live && { [PROXY]: createProxy({ ...live, send: await packageSend() }) },
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

/** Of the built package, which may not be there when this file is loaded. */
async function packageSend() {
  return (await import(pathToFileURL(at("pkg", "node.js")))).send;
}

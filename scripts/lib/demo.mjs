// Serves the demo page: `npm start` and the browser tests use the same built files and the same strict policy.
import { pathToFileURL } from "node:url";
import { freshPage } from "./page.mjs";
import { createProxy } from "./proxy.mjs";
import { at } from "./root.mjs";
import { serve } from "./serve.mjs";

const TRIES = 50;
const PROXY = "/graph";

/** The Content-Security-Policy: the page may run its own scripts and the module, call the stand-in, and show images on request. */
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
 * Serves the built page, with the URL and the token of the stand-in.
 * @param {object} options
 * @param {string} options.graph the URL of the stand-in
 * @param {string} options.token the made-up token of the stand-in, which the page gets
 * @param {{ pageId: string, token: string, graph?: string }} [options.live] a real Page, which the demo page reaches through a proxy without getting its token
 * @param {number} [options.port] 0 for any free port; if the port is in use, the next one is tried
 * @param {string} [options.page] the folder of the built page; by default it is built if it is out of date
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

/** `send` of the built package, which may not exist yet when this file is loaded. */
async function packageSend() {
  return (await import(pathToFileURL(at("pkg", "node.js")))).send;
}

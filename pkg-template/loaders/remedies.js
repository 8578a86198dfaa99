// Why the module could not be loaded, and what helps: the errors of engines and file systems name neither the package nor the bundler.

const PAGE = "https://www.npmjs.com/package/messenger-send";
const INLINE = 'import "messenger-send/inline" in place of "messenger-send", which needs no second file';
/** How every module begins. */
const MAGIC = [0, 0x61, 0x73, 0x6d];

/** @throws {Error} in an environment that has none */
export function assertWebAssembly() {
  if (typeof WebAssembly !== "object") {
    throw new Error("messenger-send needs WebAssembly, which this environment does not have (React Native's Hermes, a browser in lockdown mode): check and send on a server.");
  }
}

/**
 * Fetches the module.
 * @param {string | URL} address
 * @returns {Promise<Response | ArrayBuffer>}
 * @throws {Error} which says what was fetched, what came, and what helps
 */
export async function fetchModule(address) {
  let response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw new Error(`messenger-send could not fetch its module from ${address}: ${cause?.message ?? cause}. Let the page's Content-Security-Policy allow it in connect-src, or ${INLINE}.`, { cause });
  }
  if (!response.ok) {
    throw notFound(address, `status ${response.status}`);
  }
  const type = response.headers?.get("content-type") ?? "";
  if (type === "application/wasm") {
    return response;
  }
  // Servers of single-page applications answer with their page whatever they do not know; others do not know the type of a module.
  const bytes = await response.arrayBuffer();
  const start = new Uint8Array(bytes);
  if (!MAGIC.every((byte, at) => start[at] === byte)) {
    throw notFound(address, type.includes("html") ? "a page (text/html)" : `something else (${type || "no content type"})`);
  }
  return bytes;
}

function notFound(address, came) {
  return new Error(`messenger-send could not load its module: ${address} answered with ${came}, not with WebAssembly. ${remedyFor(String(address))}`);
}

/** The error as it is to be told: with a remedy where it is known. */
export function explained(error) {
  const text = String(error?.message ?? error);
  const remedy = remedyOf(error, text);
  return remedy === undefined ? error : new Error(`messenger-send could not load its module: ${text}. ${remedy}`, { cause: error });
}

function remedyOf(error, text) {
  if (/content security policy|unsafe-eval|disallowed by embedder|blocked by csp/i.test(text)) {
    return "Add 'wasm-unsafe-eval' to script-src of the Content-Security-Policy (in an extension's manifest: content_security_policy.extension_pages).";
  }
  if (error?.code === "ENOENT") {
    return `A bundler has moved the code away from bindings_bg.wasm: leave the package out of the bundle (external), copy the file beside it, or ${INLINE}.`;
  }
  if (/invalid url|instance of URL|invalid base/i.test(text)) {
    return `A bundler has changed import.meta.url: leave the package out of the bundle (Next.js: serverExternalPackages: ["messenger-send"]), or ${INLINE}.`;
  }
  if (/magic (word|number|header)/i.test(text)) {
    return `What was loaded is no WebAssembly. ${remedyFor("")}`;
  }
  return undefined;
}

/** The line for the tool that an address looks like. */
function remedyFor(address) {
  if (/\.vite\/|\/@fs\/|\/@id\//.test(address)) {
    return `Vite: add optimizeDeps: { exclude: ["messenger-send"] } to its configuration, or ${INLINE}.`;
  }
  return `The bundler has not copied bindings_bg.wasm: copy it there, or ${INLINE}. See ${PAGE}.`;
}

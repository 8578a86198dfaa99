// Explains why the module could not be loaded, and what to do: the errors of engines and file
// systems name neither the package nor the bundler. A page loads this file before it can render, so
// its messages are short.
import { readyOn } from "./slim.js";

const INLINE = 'or import "messenger-send/inline", which needs no second file.';
/** The first bytes of every module. */
const MAGIC = "0,97,115,109";

/** @throws {Error} in an environment without WebAssembly */
export function assertWebAssembly() {
  if (typeof WebAssembly !== "object") {
    throw new Error("messenger-send needs WebAssembly, which this environment does not have.");
  }
}

/**
 * Fetches the module.
 * @param {string | URL} address
 * @returns {Promise<Response | ArrayBuffer>}
 * @throws {Error} that says what was fetched, what came back, and what to do
 */
export async function fetchModule(address) {
  let response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw failure(
      `fetching ${address} failed (${cause?.message ?? cause}). Allow it in connect-src of the Content-Security-Policy,`,
      cause,
    );
  }
  const type = response.headers?.get("content-type");
  if (response.ok && type === "application/wasm") {
    return response;
  }
  // Servers of single-page applications answer unknown URLs with their page; others do not know the
  // MIME type of a module.
  const bytes = response.ok ? await response.arrayBuffer() : undefined;
  if (bytes === undefined || String(new Uint8Array(bytes).slice(0, 4)) !== MAGIC) {
    const line = String(address).includes("/.vite/")
      ? 'Vite: add optimizeDeps: { exclude: ["messenger-send"] },'
      : "Copy bindings_bg.wasm there,";
    throw failure(
      `${address} answered ${bytes === undefined ? response.status : `with ${type}`}. ${line}`,
    );
  }
  return bytes;
}

/** The error, with a remedy if one is known. */
export function explained(error) {
  const text = String(error?.message ?? error);
  if (/security policy|unsafe-eval|disallowed by embedder|blocked by csp/i.test(text)) {
    return failure(
      `${text}. Add 'wasm-unsafe-eval' to script-src of the Content-Security-Policy.`,
      error,
      "",
    );
  }
  if (readyOn !== "init" && error?.code === "ENOENT") {
    return failure(
      `${text}. A bundler has moved the code away from the file: exclude the package from the bundle (external), copy the file next to it,`,
      error,
    );
  }
  if (/invalid url|instance of url/i.test(text)) {
    return failure(
      `${text}. A bundler has changed import.meta.url: exclude the package from the bundle (Next.js: serverExternalPackages: ["messenger-send"]),`,
      error,
    );
  }
  return error;
}

function failure(text, cause, end = INLINE) {
  return new Error(`messenger-send could not load its module: ${text} ${end}`, { cause });
}

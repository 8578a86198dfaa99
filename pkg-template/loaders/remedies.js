// Explains why the module could not be loaded, and what to do: the errors of engines and file
// systems name neither the package nor the bundler. A page loads this file before it can render, so
// its messages are short.
import { entry } from "../module/entry.js";
import { readyOn } from "./slim.js";

const INLINE = `or import "${entry}/inline" instead.`;

/** @throws {Error} in an environment without WebAssembly */
export function assertWebAssembly() {
  if (typeof WebAssembly !== "object") {
    throw new Error("messenger-send needs WebAssembly, which this environment does not have.");
  }
}

export const fetchFailed = (address, cause) =>
  failure(
    `fetching ${address} failed (${cause?.message ?? cause}). Allow it in connect-src of the Content-Security-Policy,`,
    cause,
  );

/** @param {number | string} answer the status, or the content type of an unexpected response */
export function wrongAnswer(address, answer) {
  const line = String(address).includes("/.vite/")
    ? 'Vite: add optimizeDeps: { exclude: ["messenger-send"] },'
    : "Copy bindings_bg.wasm there,";
  return failure(`${address} answered ${answer}. ${line}`);
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
      `${text}. A bundler changed import.meta.url: exclude the package from the bundle (Next.js: serverExternalPackages: ["messenger-send"]),`,
      error,
    );
  }
  return error;
}

function failure(text, cause, end = INLINE) {
  return new Error(`messenger-send could not load its module: ${text} ${end}`, { cause });
}

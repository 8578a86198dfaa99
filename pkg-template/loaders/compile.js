// From what is given as the module to a compiled one.
import { kindOf } from "../input/foreign.js";
import { fetchFailed, wrongAnswer } from "./remedies.js";

/** How every module begins. */
const MAGIC = "0,97,115,109";

/** A module of another realm is one too, as in Next.js' edge runtime. */
const isModule = (source) => kindOf(source) === "WebAssembly.Module";
const isAddress = (source) => typeof source === "string" || typeof source?.href === "string";
const isResponse = (source) => typeof Response === "function" && source instanceof Response;

/** @param {BufferSource | WebAssembly.Module} source */
export const compileNow = (source) => (isModule(source) ? source : new WebAssembly.Module(source));

/**
 * Compiles a module, while it streams in where it is fetched.
 * @param {string | URL | Response | BufferSource | WebAssembly.Module} source
 * @returns {Promise<WebAssembly.Module>}
 * @throws {Error} which says what was fetched, what came, and what helps
 */
export async function compile(source) {
  if (isAddress(source)) {
    return compileAnswer(await fetched(source), source);
  }
  if (isResponse(source)) {
    return compileAnswer(source, source.url);
  }
  return isModule(source) ? source : WebAssembly.compile(source);
}

async function fetched(address) {
  try {
    return await fetch(address);
  } catch (cause) {
    throw fetchFailed(address, cause);
  }
}

async function compileAnswer(response, address) {
  const type = response.headers?.get("content-type");
  if (!response.ok) {
    throw wrongAnswer(address, response.status);
  }
  if (type === "application/wasm" && WebAssembly.compileStreaming !== undefined) {
    return WebAssembly.compileStreaming(response);
  }
  // Servers of single-page applications answer with their page whatever they do not know; others do not know the type of a module.
  const bytes = await response.arrayBuffer();
  if (String(new Uint8Array(bytes).slice(0, 4)) !== MAGIC) {
    throw wrongAnswer(address, `with ${type}`);
  }
  return WebAssembly.compile(bytes);
}

// Compiles the module from whatever form it is given in.
import { kindOf } from "../input/foreign.js";
import { fetchFailed, wrongAnswer } from "./remedies.js";

/** The first four bytes of every WebAssembly module. */
const MAGIC = "0,97,115,109";

/** Also accepts a module of another realm, as in the edge runtime of Next.js. */
const isModule = (source) => kindOf(source) === "WebAssembly.Module";
const isAddress = (source) => typeof source === "string" || typeof source?.href === "string";
const isResponse = (source) => typeof Response === "function" && source instanceof Response;

/** @param {BufferSource | WebAssembly.Module} source */
export const compileNow = (source) => (isModule(source) ? source : new WebAssembly.Module(source));

/**
 * Compiles a module. A fetched one is compiled while it streams in.
 * @param {string | URL | Response | BufferSource | WebAssembly.Module} source
 * @returns {Promise<WebAssembly.Module>}
 * @throws {Error} with the address, the response and a remedy
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
  // Some servers do not know the media type of WebAssembly. Those of single-page applications
  // answer unknown paths with their page.
  const bytes = await response.arrayBuffer();
  if (String(new Uint8Array(bytes).slice(0, 4)) !== MAGIC) {
    throw wrongAnswer(address, `with ${type}`);
  }
  return WebAssembly.compile(bytes);
}

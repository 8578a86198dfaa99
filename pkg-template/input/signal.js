// Listens to the caller's AbortSignal once, however many sends share it, since runtimes warn about
// a leak if a signal has many listeners.
import { configurationError } from "../errors/errors.js";
import { get } from "./foreign.js";

/** The listeners of each signal. */
const relays = new WeakMap();

/**
 * @param {object | null | undefined} signal the caller's
 * @param {(reason: unknown) => void} onAbort called once; immediately if the signal has already
 * aborted
 * @returns {() => void} stops listening
 * @throws {SendError} if it is not a signal
 */
export function listenTo(signal, onAbort) {
  if (signal === undefined || signal === null) {
    return () => {};
  }
  if (typeof get(signal, "addEventListener") !== "function") {
    throw notASignal();
  }
  if (get(signal, "aborted")) {
    onAbort(get(signal, "reason"));
    return () => {};
  }
  const relay = relays.get(signal) ?? openRelay(signal);
  relay.listeners.add(onAbort);
  return () => {
    if (relay.listeners.delete(onAbort) && relay.listeners.size === 0) {
      relay.close();
    }
  };
}

const notASignal = () => configurationError("signal must be an AbortSignal.");

function openRelay(signal) {
  const listeners = new Set();
  const abort = () => {
    const reason = get(signal, "reason");
    const told = [...listeners];
    listeners.clear();
    close();
    for (const listener of told) listener(reason);
  };
  const close = () => {
    relays.delete(signal);
    try {
      signal.removeEventListener("abort", abort);
    } catch {
      // A signal that keeps its listeners may call this one later, which is harmless.
    }
  };
  try {
    signal.addEventListener("abort", abort);
  } catch {
    throw notASignal();
  }
  const relay = { listeners, close };
  relays.set(signal, relay);
  return relay;
}

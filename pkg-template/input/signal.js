// Listens to the caller's AbortSignal: once for each signal, however many sends share it, since runtimes warn of a leak where one signal has many listeners.
import { configurationError } from "../errors/errors.js";
import { get } from "./foreign.js";

/** What listens to each signal. */
const relays = new WeakMap();

/**
 * @param {object | undefined} signal the caller's
 * @param {(reason: unknown) => void} onAbort told once; at once where it is aborted already
 * @returns {() => void} stops listening
 * @throws {SendError} where it is no signal
 */
export function listenTo(signal, onAbort) {
  if (signal === undefined) {
    return () => {};
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
      // A signal that keeps its listeners may call this one later; that does no harm.
    }
  };
  try {
    signal.addEventListener("abort", abort);
  } catch {
    throw configurationError("signal must be an AbortSignal.");
  }
  const relay = { listeners, close };
  relays.set(signal, relay);
  return relay;
}

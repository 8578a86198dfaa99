// Errors and receipts for mocks of `send`. The module does not load the wasm.

/**
 * The default `delivery` and `retryable` of each kind. For the kinds up to `transient`, Graph
 * refused the request.
 */
const KINDS = {
  auth: ["rejected", false],
  permission: ["rejected", false],
  window: ["rejected", false],
  recipient: ["rejected", false],
  rate_limit: ["rejected", true],
  policy: ["rejected", false],
  request: ["rejected", false],
  transient: ["rejected", true],
  network: ["unknown", false],
  timeout: ["unknown", false],
  aborted: ["unknown", false],
  invalid_response: ["unknown", false],
  configuration: ["not_sent", false],
};

/** Not the class of the package, which would load the wasm: `isSendError` recognizes the name. */
class SendError extends Error {
  constructor({ message, cause, ...details }) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, details);
  }
}

Object.defineProperty(SendError.prototype, "name", {
  value: "SendError",
  writable: true,
  configurable: true,
});

export function sendError(details = {}) {
  const { kind = "transient", message = `A made-up SendError of kind ${kind}`, ...rest } = details;
  if (!Object.hasOwn(KINDS, kind)) {
    throw new TypeError(
      `a SendError has no kind ${String(kind)}, only ${Object.keys(KINDS).join(", ")}`,
    );
  }
  const [delivery, retryable] = KINDS[kind];
  return new SendError({
    message,
    kind,
    delivery,
    retryable,
    attempts: kind === "configuration" ? 0 : 1,
    ...rest,
  });
}

export function receipt(details = {}) {
  return { recipient_id: "7001002003004005", message_id: "m_made_up", attempts: 1, ...details };
}

// `send`: checks one message, writes it, sees it through.
import { core } from "./core.js";
import { notSent, SendError, ValidationError } from "./errors.js";
import { deliver } from "./exchange.js";
import { fileOf, multipart } from "./files.js";
import { bytesOf, jsonOf } from "./input.js";
import { unreadable } from "./report.js";
import { forFile, readSettings } from "./settings.js";
import { init, ready } from "./start.js";

export async function send(request, options) {
  // All is read before anything is awaited: what the caller changes afterwards is not sent.
  const { text, reason } = jsonOf(request);
  const read = readSettings(options, ["filedata"]);
  const file = readFile(read.more.filedata);
  const settings = file === undefined ? read : forFile(read);
  await started(settings.signal);
  if (reason !== undefined) {
    throw new ValidationError(unreadable(reason, settings.rules));
  }
  return carriedOut(() => {
    const plan = core.prepareSend(settings, bytesOf(text), { file: file?.bytes });
    return deliver(core, file === undefined ? plan : { ...plan, ...multipart(file) }, settings);
  });
}

function readFile(given) {
  if (given === undefined) {
    return undefined;
  }
  const file = fileOf(given);
  if (file === undefined) {
    throw notSent("configuration", "filedata must be a Blob, a File or a Uint8Array.");
  }
  return file;
}

/** Of a failure of the core itself only the kind may be told. */
export async function carriedOut(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SendError || error instanceof ValidationError) {
      throw error;
    }
    throw new SendError({
      message: "messenger-send itself failed while sending. That is a bug of messenger-send; whether the message was sent is not known.",
      kind: "invalid_response",
      delivery: "unknown",
      retryable: false,
      attempts: 1,
    });
  }
}

/** Waits for the wasm, but no longer than the caller's signal allows. */
export async function started(signal) {
  if (ready()) {
    return;
  }
  let stop;
  const aborted = new Promise((_, reject) => {
    stop = () => reject(notSent("aborted", "The send was aborted before the request.", { cause: signal.reason }));
  });
  const loaded = init().catch((cause) => {
    throw notSent("configuration", `messenger-send could not be started: ${cause?.message ?? cause}`, { cause });
  });
  try {
    if (signal?.aborted === true) {
      stop();
    }
    signal?.addEventListener?.("abort", stop);
    await Promise.race([loaded, aborted]);
  } catch (error) {
    throw error instanceof SendError ? error : notSent("configuration", "The signal of send is no AbortSignal.");
  } finally {
    signal?.removeEventListener?.("abort", stop);
  }
}

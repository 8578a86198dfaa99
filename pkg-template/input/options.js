// Reads the caller's options, each once: own members only, into objects without a prototype. The
// core checks their names and types (bindings/src/sending/options.rs) and their values
// (src/client/options.rs).
import { configurationError } from "../errors/errors.js";
import { ownMembers } from "./members.js";
import { plainRules } from "./rule-options.js";

/**
 * @returns {{ options: object, rules?: string }} the options by name, and those of a validation as
 * JSON
 * @throws {SendError} of kind "configuration"
 */
export const readOptions = (given) =>
  readable(() => {
    const options = ownMembers(given);
    if (typeof options.retry === "object" && options.retry !== null) {
      options.retry = ownMembers(options.retry);
    }
    return { options, rules: plainRules(options) };
  });

/** The options that a client is created with. They are checked when something is sent. */
export const boundOptions = (given) => readable(() => ownMembers(given));

/** Exceptions of the caller's getters are dropped, since they may contain the token. */
function readable(read) {
  try {
    return read();
  } catch {
    throw configurationError("The options cannot be read: pass an object with an accessToken.");
  }
}

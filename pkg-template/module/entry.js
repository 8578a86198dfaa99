// The parts that only `messenger-send` has. For `messenger-send/validate`, the build replaces this file with entry-validate.js.
import { start } from "./bindings.js";

export { settlePending } from "./pending.js";

/** What a program imports; other ways to the same module are below it. */
export const entry = "messenger-send";

/** Prepares a fresh instance. `breakDown` is called before a panic aborts. */
export const prepare = (breakDown) => start(breakDown);

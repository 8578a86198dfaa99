// The parts that are specific to `messenger-send`. For `messenger-send/validate`, the build
// replaces this file with entry-validate.js.
import { start } from "./bindings.js";

export { settlePending } from "./pending.js";

/** The name that programs import; `/inline`, `/slim` and `/wasm` are added to it. */
export const entry = "messenger-send";

/** Prepares a fresh instance. `breakDown` is called before a panic aborts. */
export const prepare = (breakDown) => start(breakDown);

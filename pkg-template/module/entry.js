// What `messenger-send` has of its own. For `messenger-send/validate` the build puts entry-validate.js in this file's place.
import { start } from "./bindings.js";
import { breakDown } from "./breakdown.js";

/** What a program imports; other ways to the same module are below it. */
export const entry = "messenger-send";

/** Prepares a fresh instance: a panic settles what is pending before it aborts. */
export const prepare = () => start(breakDown);

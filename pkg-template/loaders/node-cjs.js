// For `require`, in Node and in Jest, whose modules are CommonJS unless it is told otherwise.
/* global __dirname, require */
export const readyOn = "import";

export const source = () => require("node:fs").readFileSync(`${__dirname}/bindings_bg.wasm`);

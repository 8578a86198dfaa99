// For `require`, in Node and in Jest, whose modules are CommonJS by default.
/* global __dirname, require */
export const readyOn = "import";

export const source = () => require("node:fs").readFileSync(`${__dirname}/bindings_bg.wasm`);

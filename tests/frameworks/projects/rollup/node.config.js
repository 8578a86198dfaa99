import { nodeResolve } from "@rollup/plugin-node-resolve";

export default {
  input: "program.js",
  output: { file: "one/program.mjs", format: "es" },
  plugins: [nodeResolve({ exportConditions: ["node"] })],
};

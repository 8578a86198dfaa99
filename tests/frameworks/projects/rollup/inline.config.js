import { cpSync, mkdirSync } from "node:fs";
import { nodeResolve } from "@rollup/plugin-node-resolve";

mkdirSync("dist-inline", { recursive: true });
cpSync("index.html", "dist-inline/index.html");

export default {
  input: "inline-page.js",
  output: { file: "dist-inline/page.js", format: "es" },
  plugins: [nodeResolve({ browser: true })],
};

import { cpSync, mkdirSync } from "node:fs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { importMetaAssets } from "@web/rollup-plugin-import-meta-assets";

mkdirSync("dist", { recursive: true });
cpSync("index.html", "dist/index.html");

export default {
  input: "page.js",
  output: { dir: "dist", format: "es" },
  plugins: [nodeResolve({ browser: true }), importMetaAssets()],
};

import { resolve } from "node:path";

export default ({ kind }) => {
  const path = resolve(`dist-${kind}`);
  switch (kind) {
    case "web":
      return { entry: "./src/page.js", output: { path, filename: "page.js" } };
    case "commonjs":
      return {
        entry: "./src/program.js",
        target: "node",
        output: { path, filename: "program.cjs" },
      };
    default:
      return {
        entry: "./src/program.js",
        target: "node",
        experiments: { outputModule: true },
        output: { path, filename: "program.mjs", module: true },
      };
  }
};

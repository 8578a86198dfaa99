import { defineConfig } from "@rsbuild/core";

export default defineConfig({
  environments: {
    web: {
      source: { entry: { index: "./src/page.js" } },
      output: { distPath: { root: "dist/web" } },
    },
    node: {
      source: { entry: { program: "./src/program.js" } },
      output: { target: "node", distPath: { root: "dist/node" } },
    },
  },
});

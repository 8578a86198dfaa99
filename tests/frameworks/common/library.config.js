import { cpSync, mkdirSync } from "node:fs";

mkdirSync("dist-library", { recursive: true });
cpSync("index.html", "dist-library/index.html");

export default {
  build: {
    lib: { entry: "page.js", formats: ["es"], fileName: () => "page.js" },
    outDir: "dist-library",
    emptyOutDir: false,
  },
};

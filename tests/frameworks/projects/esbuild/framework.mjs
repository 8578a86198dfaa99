const bundle = (it, ...args) => it.exec("esbuild", "--bundle", "--log-level=warning", ...args);

export default {
  title: "esbuild",
  versions: ["esbuild"],
  installScripts: true,
  common: {
    "exercise.js": "exercise.js",
    "program.js": "program.js",
    "page.js": "page.js",
    "index.html": "dist/index.html",
  },
  tries: {
    "Node, ESM in one file": async (it) => {
      await bundle(it, "program.js", "--platform=node", "--format=esm", "--outfile=one/esm.mjs");
      return it.program("node", await it.alone("one/esm.mjs"));
    },
    "Node, CommonJS in one file": async (it) => {
      await bundle(it, "program.js", "--platform=node", "--format=cjs", "--outfile=one/cjs.cjs");
      return it.program("node", await it.alone("one/cjs.cjs"));
    },
    "a page, ESM": async (it) => {
      await bundle(it, "page.js", "--format=esm", "--outfile=dist/page.js");
      return it.page(await it.files("dist"));
    },
    "a page, IIFE": async (it) => {
      await bundle(it, "page.js", "--format=iife", "--minify", "--outfile=dist/page.js");
      return it.page(await it.files("dist"));
    },
  },
};

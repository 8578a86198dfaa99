export default {
  title: "Bun",
  versions: ["bun"],
  installScripts: true,
  line: "`--target node`: import `messenger-send/inline` instead of `messenger-send`",
  common: {
    "exercise.js": "exercise.js",
    "page.js": "page.js",
    "program.js": "program.js",
    "inline-program.js": "inline-program.js",
    "send.test.bun.js": "send.test.js",
    "index.html": "dist/index.html",
  },
  tries: {
    run: (it) => it.program("bun", "run", "program.js"),
    test: (it) => it.program("bun", "test"),
    "build --target bun": async (it) => {
      await it.exec("bun", "build", "--target", "bun", "--outdir", "one-bun", "program.js");
      return it.program("bun", await it.alone("one-bun/program.js"));
    },
    "build --target node, inline": async (it) => {
      await it.exec(
        "bun",
        "build",
        "--target",
        "node",
        "--outfile",
        "one-node/program.mjs",
        "inline-program.js",
      );
      return it.program("node", await it.alone("one-node/program.mjs"));
    },
    "build --target browser": async (it) => {
      await it.exec("bun", "build", "--target", "browser", "--outdir", "dist", "page.js");
      return it.page(await it.files("dist"));
    },
    "build --compile": async (it) => {
      await it.exec("bun", "build", "--compile", "--outfile", "one-binary/program", "program.js");
      return it.program(await it.alone("one-binary/program"));
    },
  },
};

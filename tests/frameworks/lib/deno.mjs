// What is tried with each version of Deno.

// Of old versions the registry has the binary for Linux only in this package.
const BINARY = "@deno/linux-x64-glibc";
const deno = `node_modules/${BINARY}/deno`;

export const denoTries = (title) => ({
  title,
  versions: [BINARY],
  common: {
    "exercise.js": "exercise.js",
    "program.js": "program.js",
    "send.test.deno.js": "send.test.js",
    "checked.ts": "checked.ts",
  },
  tries: {
    "run, with no permission but the network": async (it) => {
      it.makeExecutable(deno);
      const host = new URL(it.graph).host;
      return it.program(
        deno,
        "run",
        "--no-prompt",
        "--allow-env=GRAPH_URL,GRAPH_TOKEN",
        `--allow-net=${host}`,
        "program.js",
      );
    },
    test: async (it) =>
      it.program(
        deno,
        "test",
        "--no-prompt",
        "--allow-env=GRAPH_URL,GRAPH_TOKEN",
        "--allow-net",
        "send.test.js",
      ),
    check: async (it) => {
      await it.exec(deno, "check", "checked.ts");
      return [];
    },
  },
});

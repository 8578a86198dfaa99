export default {
  title: "Rsbuild",
  versions: ["@rsbuild/core"],
  common: {
    "exercise.js": "src/exercise.js",
    "page.js": "src/page.js",
    "program.js": "src/program.js",
  },
  tries: {
    dev: async (it) =>
      it.page(await it.start("rsbuild", "dev", "--host", "127.0.0.1", "--port", "PORT")),
    "build for pages and for Node": async (it) => {
      await it.exec("rsbuild", "build");
      const program = await it.program("node", await it.alone("dist/node/program.js"));
      return [program, await it.page(await it.files("dist/web"))];
    },
  },
};

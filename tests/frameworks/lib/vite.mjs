// What is tried with each major version of Vite.

export const viteTries = (title) => ({
  title,
  versions: ["vite"],
  common: {
    "exercise.js": "exercise.js",
    "page.js": "page.js",
    "program.js": "program.js",
    "index.html": "index.html",
    "ssr.config.js": "ssr.config.js",
    "library.config.js": "library.config.js",
  },
  tries: {
    dev: async (it) =>
      it.page(await it.start("vite", "--host", "127.0.0.1", "--port", "PORT", "--strictPort")),
    build: async (it) => {
      await it.exec("vite", "build");
      return it.page(await it.files("dist"));
    },
    "SSR with noExternal, without node_modules": async (it) => {
      await it.exec("vite", "build", "--config", "ssr.config.js");
      return it.program("node", await it.alone("dist-ssr/program.js"));
    },
    "library mode": async (it) => {
      await it.exec("vite", "build", "--config", "library.config.js");
      return it.page(await it.files("dist-library"));
    },
  },
});

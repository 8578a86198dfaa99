const both = async (it, url) => [await it.json(`${url}api/send`), await it.page(url)];

export default {
  title: "Astro: a page and an endpoint",
  versions: ["astro", "@astrojs/node"],
  node: 24,
  common: { "exercise.js": "src/exercise.js", "page.js": "src/page.js" },
  tries: {
    dev: async (it) =>
      both(it, await it.start("astro", "dev", "--host", "127.0.0.1", "--port", "PORT")),
    "build and server": async (it) => {
      await it.exec("astro", "build");
      return both(it, await it.start("node", "dist/server/entry.mjs"));
    },
    "everything in the server's bundle (noExternal)": async (it) => {
      await it.exec("astro", "build", "--config", "alone.config.mjs");
      return both(
        it,
        await it.start("node", await it.alone("dist-alone/server/entry.mjs", "dist-alone")),
      );
    },
  },
};

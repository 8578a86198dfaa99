const both = async (it, url) => [await it.json(`${url}api/send`), await it.page(url)];

export default {
  title: "Nuxt: a page and a server route",
  versions: ["nuxt"],
  common: { "exercise.js": ["app/exercise.js", "server/exercise.js"] },
  tries: {
    dev: async (it) => both(it, await it.start("nuxt", "dev", "--host", "127.0.0.1", "--port", "PORT", "--no-fork")),
    "build, node-server": async (it) => {
      await it.exec("nuxt", "build");
      return both(it, await it.start("node", ".output/server/index.mjs"));
    },
  },
};

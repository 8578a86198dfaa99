const both = async (it, url) => [await it.json(`${url}api/send`), await it.page(url)];
const built = async (it) => {
  it.clear("build");
  await it.exec("vite", "build");
  return both(it, await it.start("node", "build"));
};

export default {
  title: "SvelteKit: a page and an endpoint",
  versions: ["@sveltejs/kit", "vite"],
  node: 24,
  common: { "exercise.js": "src/exercise.js", "page.js": "src/page.js" },
  tries: {
    dev: async (it) => both(it, await it.start("vite", "dev", "--host", "127.0.0.1", "--port", "PORT", "--strictPort")),
    "build, adapter-node": built,
    "build, adapter-node, the package among devDependencies": async (it) => {
      it.edit("package.json", (text) => {
        const { dependencies, devDependencies, ...rest } = JSON.parse(text);
        return JSON.stringify({ ...rest, devDependencies: { ...dependencies, ...devDependencies } });
      });
      return built(it);
    },
  },
};

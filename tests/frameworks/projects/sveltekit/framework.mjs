import { dev, routes, visit } from "../../lib/sveltekit.mjs";

const built = async (it) => {
  it.clear("build");
  await it.exec("vite", "build");
  return visit(it, await it.start("node", "build"));
};

export default {
  title: "SvelteKit 3: a page and an endpoint",
  versions: ["@sveltejs/kit", "vite"],
  node: 24,
  common: routes,
  tries: {
    dev,
    "build, adapter-node": built,
    "build, adapter-node, the package among devDependencies": async (it) => {
      it.edit("package.json", (text) => {
        const { dependencies, devDependencies, ...rest } = JSON.parse(text);
        return JSON.stringify({
          ...rest,
          devDependencies: { ...dependencies, ...devDependencies },
        });
      });
      return built(it);
    },
  },
};

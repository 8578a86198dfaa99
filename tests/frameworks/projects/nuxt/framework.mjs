const both = async (it, url) => [await it.json(`${url}api/send`), await it.page(url)];

export default {
  title: "Nuxt: a page and a server route",
  versions: ["nuxt", "nitropack"],
  node: 24,
  line: "Cloudflare: `nitro: { experimental: { wasm: true } }`",
  common: { "exercise.js": ["app/exercise.js", "server/exercise.js"] },
  tries: {
    dev: async (it) =>
      both(it, await it.start("nuxt", "dev", "--host", "127.0.0.1", "--port", "PORT", "--no-fork")),
    "build, node-server": async (it) => {
      await it.exec("nuxt", "build");
      return both(it, await it.start("node", ".output/server/index.mjs"));
    },
    "build, cloudflare_module, in wrangler dev": async (it) => {
      await it.exec("env", "NITRO_PRESET=cloudflare_module", "nuxt", "build");
      return both(
        it,
        await it.start(
          "wrangler",
          "dev",
          "--ip",
          "127.0.0.1",
          "--port",
          "PORT",
          "--inspector-port",
          "0",
          "--config",
          "cloudflare.jsonc",
        ),
      );
    },
  },
};

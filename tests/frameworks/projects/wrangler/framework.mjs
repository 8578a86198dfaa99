export default {
  title: "wrangler",
  versions: ["wrangler"],
  node: 24,
  common: { "exercise.js": "src/exercise.js" },
  tries: {
    dev: async (it) =>
      it.json(
        await it.start(
          "wrangler",
          "dev",
          "--ip",
          "127.0.0.1",
          "--port",
          "PORT",
          "--inspector-port",
          "0",
        ),
      ),
    "deploy --dry-run": async (it) => {
      await it.exec("wrangler", "deploy", "--dry-run", "--outdir", "dist");
      return [];
    },
  },
};

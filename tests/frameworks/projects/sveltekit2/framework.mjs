import assert from "node:assert/strict";
import { dev, routes, visit } from "../../lib/sveltekit.mjs";

export default {
  title: "SvelteKit 2: a page and an endpoint",
  versions: ["@sveltejs/kit", "vite"],
  node: 24,
  common: routes,
  tries: {
    dev,
    "adapter-cloudflare, in wrangler dev": async (it) => {
      await it.exec("env", "ADAPTER=cloudflare", "vite", "build");
      return visit(
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
        ),
      );
    },
    // Vercel's runtime is no package: what its bundler makes is looked at.
    "adapter-vercel, edge: the bundle imports a compiled module": async (it) => {
      await it.exec("env", "ADAPTER=vercel", "vite", "build");
      const files = it.list(".vercel/output/functions");
      assert.ok(
        files.some((file) => /bindings_bg.*\.wasm$/.test(file)),
        files.join("\n"),
      );
      const [code] = files.filter((file) => file.endsWith("index.js")).map((file) => it.read(file));
      assert.match(code, /import \w+ from ?"\.\/bindings_bg[^"]*\.wasm\?module"/);
      return [];
    },
  },
};

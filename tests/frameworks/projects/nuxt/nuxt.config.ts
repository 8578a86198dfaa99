const forCloudflare = process.env.NITRO_PRESET === "cloudflare_module";

export default defineNuxtConfig({
  compatibilityDate: "2026-01-01",
  telemetry: false,
  devtools: { enabled: false },
  nitro: forCloudflare ? { experimental: { wasm: true } } : {},
});

import cloudflare from "@sveltejs/adapter-cloudflare";
import vercel from "@sveltejs/adapter-vercel";

export default {
  kit: { adapter: process.env.ADAPTER === "vercel" ? vercel({ runtime: "edge" }) : cloudflare() },
};

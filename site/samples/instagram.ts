import { createClient } from "messenger-send";

const instagram = createClient({
  accessToken: process.env.INSTAGRAM_TOKEN ?? "",
  baseUrl: "https://graph.instagram.com",
  platform: "instagram",
});
await instagram.send({ to: "1234567890123456", text: "hello, world" });

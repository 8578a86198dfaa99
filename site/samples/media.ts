import { createClient } from "messenger-send";

const messenger = createClient({
  accessToken: process.env.PAGE_TOKEN ?? "",
});
const to = "7001002003004005";

await messenger.send({ to, image: "https://example.com/kettle.png" });
await messenger.send({ to, file: "https://example.com/manual.pdf" });
await messenger.send({
  to,
  images: ["https://example.com/kettle.png", "https://example.com/cup.png"],
});

import { readFile } from "node:fs/promises";
import { createClient } from "messenger-send";

const messenger = createClient({
  accessToken: process.env.PAGE_TOKEN ?? "",
});
const filedata = new File([await readFile("kettle.png")], "kettle.png", {
  type: "image/png",
});

await messenger.send(
  {
    recipient: { id: "7001002003004005" },
    messaging_type: "RESPONSE",
    message: { attachment: { type: "image", payload: {} } },
  },
  { filedata },
);

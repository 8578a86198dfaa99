import { createClient } from "messenger-send";

const accessToken = process.env.PAGE_TOKEN ?? "";
const messenger = createClient({ accessToken });
await messenger.send({ to: "7001002003004005", text: "hello, world" });

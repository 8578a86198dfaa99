import { readFile } from "node:fs/promises";
import { createClient } from "messenger-send";

const messenger = createClient({
  accessToken: process.env.PAGE_TOKEN ?? "",
});
const picture = new File([await readFile("kettle.png")], "kettle.png", {
  type: "image/png",
});

const { attachment_id } = await messenger.uploadAttachment(picture);
for (const to of ["7001002003004005", "7001002003004006"]) {
  await messenger.send({ to, image: { attachment_id } });
}

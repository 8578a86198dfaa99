import { createClient } from "messenger-send";

const messenger = createClient({
  accessToken: process.env.PAGE_TOKEN ?? "",
});
await messenger.send({
  to: "7001002003004005",
  template: {
    template_type: "generic",
    elements: [
      {
        title: "Kettle",
        subtitle: "1.7 l, steel",
        image_url: "https://example.com/kettle.png",
        buttons: [
          { title: "Shop", url: "https://example.com/kettle" },
          { title: "More", payload: "MORE:KETTLE" },
        ],
      },
    ],
  },
});

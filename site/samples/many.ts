import { sendAll } from "messenger-send";

const people = ["7001002003004005", "7001002003004006", "7001002003004007"];

const summary = await sendAll(
  people.map((to) => ({ to, text: "Your order is on its way." })),
  {
    accessToken: process.env.PAGE_TOKEN ?? "",
    onResult: ({ index, status, error }) => {
      if (status !== "sent")
        console.error(`message ${index}: ${status}`, error.message);
    },
  },
);
console.log(
  `${summary.sent} sent, ${summary.failed} failed, ${summary.unknown} unknown`,
);

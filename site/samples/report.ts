import { validate } from "messenger-send";

const report = validate({
  recipient: { id: "7001002003004005" },
  messaging_type: "RESPONSE",
  message: {
    text: "Tea or coffee?",
    quick_replies: [
      {
        content_type: "text",
        title: "Coffee with milk and sugar",
        payload: "COFFEE",
      },
    ],
  },
});
console.log(report.valid, JSON.stringify(report.issues, null, 2));

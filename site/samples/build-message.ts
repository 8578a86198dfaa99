import { buildMessage } from "messenger-send";

const request = buildMessage({
  to: "7001002003004005",
  text: "Tea or coffee?",
  quick_replies: ["Tea", "Coffee"],
});
console.log(JSON.stringify(request, null, 2));

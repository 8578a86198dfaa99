import { validate } from "messenger-send";

const request = {
  recipient: { id: "1234567890123456" },
  messaging_type: "RESPONSE",
  message: { text: "é".repeat(1000) },
};
console.log("Messenger:", validate(request).valid);
for (const { code, actual, limit, unit } of validate(request, {
  platform: "instagram",
}).issues) {
  console.log("Instagram:", code, actual, limit, unit);
}

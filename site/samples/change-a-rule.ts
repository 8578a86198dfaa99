import { validate } from "messenger-send";

const request = {
  recipient: { id: "7001002003004005" },
  message: { text: "hello, world" },
};

const usual = validate(request);
const strict = validate(request, {
  rules: { "messaging_type.missing": "error" },
});
const lenient = validate(request, {
  rules: { "messaging_type.missing": "off" },
});
console.log(usual.issues.length, strict.valid, lenient.issues.length);

import { init, validate } from "messenger-send/validate";

await init();
const { issues } = validate({ message: { text: "" } });
console.log(issues.map(({ pointer, message }) => `${pointer}: ${message}`));

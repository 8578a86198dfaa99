// Files that must not compile. Each line that is wrong follows its `@ts-expect-error`.
import { send, uploadAttachment } from "messenger-send";

const bytes = new Uint8Array(5);
const accessToken = "EAABtesttoken";
const recipient = { id: "1" };

// @ts-expect-error a file that is a text
send({ recipient, message: { attachment: { type: "image", payload: {} } } }, { accessToken, filedata: "bytes" });
// @ts-expect-error no options
uploadAttachment(bytes);
// @ts-expect-error an attachment that is a template
uploadAttachment(bytes, { accessToken, type: "template" });
// @ts-expect-error a source that is none
uploadAttachment(5, { accessToken });
// @ts-expect-error rules hold for messages
uploadAttachment(bytes, { accessToken, rules: {} });

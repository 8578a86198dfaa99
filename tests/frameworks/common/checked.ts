// What a compiler must accept, and what it must refuse.
import { buildMessage, type SendReceipt, type SendRequest, send } from "messenger-send";

const request: SendRequest = buildMessage({ to: "7001002003004005", text: "hello, world" });
export const receipt: Promise<SendReceipt> = send(request, { accessToken: "EAABtesttoken" });

// @ts-expect-error a draft has no such member
buildMessage({ to: "7001002003004005", txt: "hello, world" });

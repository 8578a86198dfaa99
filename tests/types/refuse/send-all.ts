// Calls of `sendAll` that must not compile. Each line that is wrong follows its `@ts-expect-error`.
import { sendAll, type SendAllResult, type SendRequest } from "messenger-send";

const request: SendRequest = { recipient: { id: "1" }, message: { text: "x" } };
const accessToken = "EAABtesttoken";

// @ts-expect-error one request is no list
sendAll(request, { accessToken });
// @ts-expect-error a list of something else
sendAll([{ text: "x" }], { accessToken });
// @ts-expect-error a text is no list of requests
sendAll("x", { accessToken });
// @ts-expect-error no token
sendAll([request], {});
// @ts-expect-error a misspelt option
sendAll([request], { accessToken, perSeconds: 1 });
// @ts-expect-error a rate that is a text
sendAll([request], { accessToken, perSecond: "300" });
// @ts-expect-error a size where only yes and no are
sendAll([request], { accessToken, batch: 50 });
// @ts-expect-error a receipt is there only where it was sent
export const receipt = (result: SendAllResult): number => result.receipt.attempts;
// @ts-expect-error and an error only where it was not
export const why = (result: SendAllResult): string => result.error.message;
// @ts-expect-error a status that does not exist
export const rejected = (result: SendAllResult): boolean => result.status === "rejected";
// @ts-expect-error the summary has no results
export const results = async (): Promise<unknown> => (await sendAll([request], { accessToken })).results;

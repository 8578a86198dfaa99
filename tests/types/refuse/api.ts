// Calls that must not compile. Each line that is wrong follows its `@ts-expect-error`.
import { buildMessage, init, rules, send, SendError, validate, validateJson, ValidationError, type SendError as Failure, type SendRequest } from "messenger-send";

const request: SendRequest = { recipient: { id: "1" }, message: { text: "x" } };
const accessToken = "EAABtesttoken";

// @ts-expect-error no options
send(request);
// @ts-expect-error no token
send(request, {});
// @ts-expect-error a misspelt option
send(request, { accessToken, timeoutMS: 1 });
// @ts-expect-error a misspelt option of retry
send(request, { accessToken, retry: { attempt: 3 } });
// @ts-expect-error a timeout that is a text
send(request, { accessToken, timeoutMs: "30" });
// @ts-expect-error an encoding that does not exist
send(request, { accessToken, encoding: "xml" });
// @ts-expect-error a signal that is a controller
send(request, { accessToken, signal: new AbortController() });
// @ts-expect-error a fetch that gives no answer
send(request, { accessToken, fetch: () => "no answer" });
// @ts-expect-error a fetch that gives something else
send(request, { accessToken, fetch: async () => 1 });
// @ts-expect-error something that is no request
send({ text: "x" }, { accessToken });
// @ts-expect-error a report is no promise, and has no such member
validate(request).errors;
// @ts-expect-error an unknown platform
validate(request, { platform: "whatsapp" });
// @ts-expect-error an unknown rule
validate(request, { rules: { "no.such.rule": "off" } });
// @ts-expect-error an unknown severity
validate(request, { rules: { "text.too_long": "fatal" } });
// @ts-expect-error an object is no text
validateJson({ recipient: {} });
// @ts-expect-error a misspelt option
buildMessage({ to: "1", text: "x" }, { plattform: "messenger" });
// @ts-expect-error a source that is none
init(1);
// @ts-expect-error a catalogue that cannot be changed
rules().push();
// @ts-expect-error a rule that cannot be changed
rules()[0]!.severity = "warning";
// @ts-expect-error errors are made by the package
new SendError("x");
// @ts-expect-error errors are made by the package
new ValidationError("x");
// @ts-expect-error a code that does not exist
validate(request).issues[0]!.code === "text.to_long";
// @ts-expect-error a delivery that does not exist
export const sent = (error: Failure): boolean => error.delivery === "sent";
// @ts-expect-error a member that does not exist
export const reason = (error: Failure): unknown => error.reason;

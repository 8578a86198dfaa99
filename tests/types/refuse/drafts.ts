// Buttons and cards of a draft that must not compile.
import { type Button, buildMessage, type Drafted, type GridButton, type MessageDraft, send } from "messenger-send";

const url = "https://example.org/";

// @ts-expect-error nothing to do
export const b01: Drafted<Button> = { title: "Open" };
// @ts-expect-error two things to do
export const b02: Drafted<Button> = { title: "Open", url, payload: "P" };
// @ts-expect-error no title
export const b03: Drafted<Button> = { url };
// @ts-expect-error a page with a payload
export const b04: Drafted<Button> = { type: "web_url", title: "Open", url, payload: "P" };
// @ts-expect-error a postback with an address
export const b05: Drafted<Button> = { type: "postback", title: "Open", url };
// @ts-expect-error with its type, a call's number stands in its payload
export const b06: Drafted<Button> = { type: "phone_number", title: "Call", phone_number: "+1" };
// @ts-expect-error a log-in button has no title
export const b07: Drafted<Button> = { type: "account_link", title: "Log in", url };
// @ts-expect-error a game has a title
export const b08: Drafted<Button> = { type: "game_play", payload: "P" };
// @ts-expect-error a log-out button has nothing
export const b09: Drafted<Button> = { type: "account_unlink", title: "Log out" };
// @ts-expect-error a grid's buttons open pages or send postbacks
export const b10: Drafted<GridButton> = { title: "Call", phone_number: "+1" };
// @ts-expect-error a misspelt member
export const b11: Drafted<Button> = { titel: "Open", url };

// @ts-expect-error a title alone
export const c01: MessageDraft = { to: "1", template: { template_type: "generic", elements: [{ title: "A" }] } };
// @ts-expect-error a coupon has no buttons
export const c02: MessageDraft = { to: "1", template: { template_type: "coupon", title: "A", coupon_code: "C", buttons: [{ title: "Open", url }] } };

const options = { accessToken: "t" };
const both = { to: "1", text: "a", image: url };
// @ts-expect-error two contents
buildMessage({ to: "1", text: "a", image: url });
// @ts-expect-error two contents, which are not written as a literal
buildMessage(both);
// @ts-expect-error no content
buildMessage({ to: "1" });
// @ts-expect-error nobody gets it
buildMessage({ text: "a" });
// @ts-expect-error a misspelt member
buildMessage({ to: "1", text: "a", quickReplies: ["Yes"] });
// @ts-expect-error two contents
send(both, options);
// @ts-expect-error a draft with a recipient of the wire
send({ to: "1", text: "a", recipient: { id: "1" } }, options);
// @ts-expect-error a request without a message
send({ recipient: { id: "1" } }, options);

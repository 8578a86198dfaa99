// What a tap in the preview makes: the event that the Page's webhook gets, or what happens on the phone instead.
// Source: https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
import { objectIn, textIn } from "../model/values.js";

const PAGE = "1234567890";
const PERSON = "7001002003004005";
const MID = "m_of-the-tapped-message";

/**
 * @param {object} tapped the button or the quick reply
 * @param {{ recipient?: unknown }} request the message that it is in
 * @returns {{ event?: object, says: string }}
 */
export function eventOf(tapped, request, { platform, isReply, now = Date.now() }) {
  const person = textIn(objectIn(objectIn(request).recipient).id) || PERSON;
  const wrap = (rest) => ({
    object: platform === "instagram" ? "instagram" : "page",
    entry: [
      {
        id: PAGE,
        time: now,
        messaging: [{ sender: { id: person }, recipient: { id: PAGE }, timestamp: now, ...rest }],
      },
    ],
  });
  if (isReply)
    return {
      says: "The person answers, and your webhook gets a message:",
      event: wrap({ message: answerOf(tapped) }),
    };
  switch (textIn(tapped.type)) {
    case "postback":
      return {
        says: "Your webhook gets a postback:",
        event: wrap({
          postback: { mid: MID, title: textIn(tapped.title), payload: textIn(tapped.payload) },
        }),
      };
    case "account_link":
      return {
        says: "Your login page opens. After it your webhook gets:",
        event: wrap({
          account_linking: { status: "linked", authorization_code: "code-of-your-login-page" },
        }),
      };
    case "account_unlink":
      return {
        says: "The account is unlinked, and your webhook gets:",
        event: wrap({ account_linking: { status: "unlinked" } }),
      };
    case "web_url":
      return {
        says: `The phone opens ${textIn(tapped.url) || "the address"}. Your webhook gets no event.`,
      };
    case "phone_number":
      return {
        says: `The phone offers to call ${textIn(tapped.payload) || "the number"}. Your webhook gets no event.`,
      };
    case "game_play":
      return { says: "The game opens. Your webhook gets a game_play event when it ends." };
    default:
      return { says: "What this button makes is not known here." };
  }
}

function answerOf({ content_type: type, title, payload }) {
  const text = { user_phone_number: "+351210000000", user_email: "robin@example.org" }[
    textIn(type)
  ];
  return {
    mid: "m_of-the-answer",
    text: text ?? textIn(title),
    quick_reply: { payload: text ?? textIn(payload) },
  };
}

// Texts, and what goes with them.
import { example } from "./envelope.js";

const reply = (title, payload) => ({ content_type: "text", title, payload });

export const TEXTS = [
  example("text", "Text", { text: "Hello! Your kettle left our workshop this morning. ☕" }),
  example("quick-replies", "Quick replies", {
    text: "Hello! Which size would you like?",
    quick_replies: [reply("Small", "SIZE_S"), reply("Medium", "SIZE_M"), reply("Large", "SIZE_L")],
  }),
  example("contact", "Ask for contact", {
    text: "How may we reach you?",
    quick_replies: [{ content_type: "user_phone_number" }, { content_type: "user_email" }],
  }),
  example(
    "reply",
    "Reply to a message",
    { text: "Yes, that one is in stock." },
    { reply_to: { mid: "m_in-0001" } },
  ),
  example(
    "human-agent",
    "Human agent tag",
    { text: "This is the workshop: the part has come." },
    { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" },
  ),
  example(
    "persona",
    "As a persona",
    { text: "Here is the night shift. What happened?" },
    { persona_id: "2222146701193608" },
  ),
  example(
    "silent",
    "Without a sound",
    { text: "Your parcel is on its way.", metadata: "order A-77" },
    { messaging_type: "UPDATE", notification_type: "SILENT_PUSH" },
  ),
  example(
    "comment",
    "Private reply",
    { text: "Thank you for your comment: we answer here." },
    { recipient: { comment_id: "1234_5678" } },
  ),
  example(
    "utility",
    "Utility message",
    {
      template: {
        name: "visit_reminder",
        language: { code: "en_US" },
        components: [
          { type: "header", parameters: [{ type: "text", parameter_name: "day", text: "Monday" }] },
          {
            type: "body",
            parameters: [
              { type: "text", parameter_name: "hour", text: "10:30" },
              { type: "text", parameter_name: "place", text: "North door" },
            ],
          },
          {
            type: "buttons",
            parameters: [
              { type: "URL", url: "v/881" },
              { type: "POSTBACK", payload: "MOVE:881" },
            ],
          },
        ],
      },
    },
    { messaging_type: "UTILITY" },
  ),
];

// What the Page is seen doing: no message.
import { PERSON } from "./envelope.js";

const action = (id, name, sender_action, payload) => ({
  id,
  name,
  platform: "messenger",
  request: { recipient: PERSON, sender_action, ...(payload && { payload }) },
});

export const ACTIONS = [
  action("typing", "Typing", "typing_on"),
  action("typing-off", "Stop typing", "typing_off"),
  action("seen", "Mark as seen", "mark_seen"),
  action("react", "Reaction", "react", { message_id: "m_in-0001", reaction: "❤️" }),
  action("unreact", "Unreact", "unreact", { message_id: "m_in-0001" }),
];

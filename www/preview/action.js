// Sender actions: what the Page is seen doing with the conversation as it is.
import { objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { at, empty, note } from "./bubble.js";

const HERE = "/sender_action";

/** { theirs, ours, after }: what stands at the person's message, what the Page does, and a line below. */
export function drawAction({ sender_action: action, payload }, byPage) {
  const { reaction, message_id: id } = objectIn(payload);
  switch (textIn(action).toLowerCase()) {
    case "typing_on":
      return {
        ours: [
          at(
            HERE,
            h(
              "div",
              { class: "bubble typing", role: "img", "aria-label": "The Page is typing" },
              h("i", null),
              h("i", null),
              h("i", null),
            ),
          ),
        ],
      };
    case "typing_off":
      return { after: note("about", "The typing dots go away", HERE) };
    case "mark_seen":
      return { after: note("seen", "Seen ✓", HERE) };
    case "react":
      return {
        reaction: at(
          "/payload/reaction",
          h(
            "span",
            { class: "reaction", role: "img", "aria-label": `Reaction ${textIn(reaction)}` },
            textIn(reaction) === "love" ? "♥" : textIn(reaction) || "…",
          ),
        ),
        after: note("about", `${byPage} to ${textIn(id) || "a message"}`, "/payload/message_id"),
      };
    case "unreact":
      return {
        after: note(
          "about",
          `The reaction to ${textIn(id) || "a message"} goes away`,
          "/payload/message_id",
        ),
      };
    default:
      return { ours: [empty(`No preview of ${textIn(action) || "this action"}`, HERE)] };
  }
}

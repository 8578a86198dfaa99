// Sender actions: what the Page is seen doing with the conversation as it is.
import { objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { empty, incoming, note } from "./bubble.js";

export function drawAction({ sender_action: action, payload }) {
  const { reaction, message_id: id } = objectIn(payload);
  const theirs = incoming("Thank you, that was quick!");
  switch (textIn(action).toLowerCase()) {
    case "typing_on":
      return [
        theirs,
        h("div", { class: "bubble typing", role: "img", "aria-label": "The Page is typing" }, h("i", null), h("i", null), h("i", null)),
      ];
    case "typing_off":
      return [theirs, note("about", "The typing dots go away")];
    case "mark_seen":
      return [theirs, note("seen", "Seen ✓")];
    case "react":
      theirs.append(
        h(
          "span",
          { class: "reaction", role: "img", "aria-label": `Reaction ${textIn(reaction)}` },
          textIn(reaction) === "love" ? "♥" : textIn(reaction) || "…",
        ),
      );
      return [theirs, note("about", `The Page reacts to ${textIn(id) || "a message"}`)];
    case "unreact":
      return [theirs, note("about", `The reaction to ${textIn(id) || "a message"} goes away`)];
    default:
      return [theirs, empty(`No preview of ${textIn(action) || "this action"}`)];
  }
}

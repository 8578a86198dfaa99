// Roughly how the person will see it: a bubble, and the quick replies below it. Pictures are hinted at, not fetched:
// the page asks nobody but its own server and the Graph.
import { h } from "./dom.js";

export function createPreview({ root }) {
  const bubble = h("p", { class: "bubble", dir: "auto" });
  const replies = h("ul", { class: "chips", "aria-label": "Quick replies in the preview" });
  const chat = h("div", { class: "chat", tabindex: "0", role: "region", "aria-label": "Preview of the message" }, bubble, replies);
  root.append(chat);

  return {
    show({ request, platform }) {
      const text = request.message?.text ?? "";
      bubble.textContent = text === "" ? "No text yet" : text;
      bubble.classList.toggle("empty", text === "");
      chat.classList.toggle("instagram", platform === "instagram");
      const items = request.message?.quick_replies ?? [];
      replies.replaceChildren(...items.map(chip));
      replies.hidden = items.length === 0;
    },
  };
}

function chip({ content_type, title, image_url }) {
  const own = content_type === "text" || title !== undefined;
  return h(
    "li",
    { class: own ? "chip" : "chip asked" },
    image_url && h("span", { class: "chip-image", "aria-hidden": "true" }),
    // The label of the other kinds comes from the person's profile.
    h("bdi", null, own ? title || "…" : content_type),
  );
}

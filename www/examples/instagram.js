// Messages of Instagram's own, and those that look different there.

const PERSON = { id: "17841400000000001" };
const on = (id, name, rest) => ({
  id,
  name,
  platform: "instagram",
  request: { recipient: PERSON, ...rest },
});
const said = (message) => ({ messaging_type: "RESPONSE", message });

export const INSTAGRAM = [
  on("ig-text", "Text", said({ text: "Your table is ready. ☺" })),
  on(
    "ig-replies",
    "Quick replies",
    said({
      text: "Which size?",
      quick_replies: [
        { content_type: "text", title: "Small", payload: "SIZE_S" },
        { content_type: "text", title: "Large", payload: "SIZE_L" },
      ],
    }),
  ),
  on("ig-heart", "Heart", said({ attachment: { type: "like_heart" } })),
  on(
    "ig-post",
    "Own post",
    said({ attachment: { type: "MEDIA_SHARE", payload: { id: "17900000000000000" } } }),
  ),
  on(
    "ig-carousel",
    "Carousel",
    said({
      attachment: {
        type: "template",
        payload: {
          template_type: "generic",
          elements: [
            {
              title: "Kettle",
              subtitle: "1.7 l",
              image_url: "https://cdn.example.org/kettle.png",
              buttons: [{ type: "web_url", title: "Open", url: "https://shop.example.org/kettle" }],
            },
            {
              title: "Mug",
              subtitle: "0.3 l",
              image_url: "https://cdn.example.org/mug.png",
              buttons: [{ type: "postback", title: "Tell me more", payload: "MUG" }],
            },
          ],
        },
      },
    }),
  ),
  on("ig-react", "Reaction", {
    sender_action: "react",
    payload: { message_id: "aWdfbWlk-1", reaction: "love" },
  }),
];

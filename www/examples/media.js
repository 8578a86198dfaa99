// Attachments that are not templates.
import { example } from "./envelope.js";

const cdn = (name) => `https://cdn.example.org/${name}`;
const medium = (type, payload) => ({ attachment: { type, payload } });

export const MEDIA = [
  example("image", "Image", medium("image", { url: cdn("menu.png") })),
  example("saved-image", "Saved image", medium("image", { attachment_id: "1745504518999123" })),
  example("images", "Several images", {
    attachments: ["chair-1.jpg", "chair-2.jpg", "chair-3.jpg"].map((name) => ({
      type: "image",
      payload: { url: cdn(name) },
    })),
  }),
  example("audio", "Audio", medium("audio", { url: cdn("hello.mp3") })),
  example("video", "Video", medium("video", { url: cdn("tour.mp4") })),
  example("file", "File", medium("file", { url: cdn("terms.pdf") })),
  example("sticker", "Sticker", { sticker_id: 369239263222822 }),
];

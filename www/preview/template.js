// A template, by its template_type. Each kind that looks like something of its own has a file of its own.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { bubble, empty, line } from "./bubble.js";
import { drawButtons } from "./buttons.js";
import { drawCards } from "./cards.js";
import { drawCoupon } from "./coupon.js";
import { drawFeedback } from "./feedback.js";
import { drawGrid } from "./grid.js";
import { drawMediaCard } from "./media-card.js";
import { drawReceipt } from "./receipt.js";

const CALLS_TO_ACTION = {
  ALLOW: "Allow messages",
  GET: "Get messages",
  GET_UPDATES: "Get updates",
  OPT_IN: "Opt in to messages",
  SIGN_UP: "Sign up for messages",
};

const KINDS = {
  button: ({ text, buttons }, at) => [
    h(
      "div",
      { class: "card", "data-pointer": at },
      line("card-text", textIn(text), `${at}/text`),
      drawButtons(buttons, `${at}/buttons`),
    ),
  ],
  generic: ({ elements, image_aspect_ratio: ratio }, at) =>
    drawCards(listIn(elements).map(objectIn), textIn(ratio), `${at}/elements`),
  product: ({ elements }, at) =>
    drawCards(
      listIn(elements).map((one) => ({
        title: `Product ${textIn(objectIn(one).id) || "…"}`,
        subtitle: "From your catalogue",
        image_url: "",
        isProduct: true,
      })),
      "square",
      `${at}/elements`,
    ),
  media: ({ elements }, at) =>
    listIn(elements).map((one, n) => drawMediaCard(objectIn(one), `${at}/elements/${n}`)),
  receipt: (payload, at) => [drawReceipt(payload, at)],
  coupon: (payload, at) =>
    [
      textIn(payload.coupon_pre_message) !== "" &&
        bubble(textIn(payload.coupon_pre_message), `${at}/coupon_pre_message`),
      drawCoupon(payload, at),
    ].filter(Boolean),
  customer_feedback: (payload, at) => [drawFeedback(payload, at)],
  image_grid: ({ elements }, at) =>
    listIn(elements).map((one, n) => drawGrid(objectIn(one), `${at}/elements/${n}`)),
  customer_information: (payload) => [asking("Share your details", wanted(payload), "Get started")],
  instant_form: ({ form_id: id }) => [asking("A form", `Form ${textIn(id) || "…"}`, "Fill it in")],
  calling_optin: () => [
    asking("May we call you?", "The business asks to be allowed to call.", "Allow calls"),
  ],
  one_time_notif_req: ({ title }, at) => [
    asking(textIn(title), "One message later, if you want it.", "Notify me", `${at}/title`),
  ],
  notification_messages: (payload) => {
    // On Instagram everything is in the first element.
    const first = objectIn(listIn(payload.elements)[0]);
    const of = (name) => textIn(payload[name]) || textIn(first[name]);
    return [
      asking(
        of("title") || "Updates and promotions",
        "Messages again and again, until you say stop.",
        CALLS_TO_ACTION[of("notification_messages_cta_text")] ?? CALLS_TO_ACTION.GET_UPDATES,
      ),
    ];
  },
};

export function drawTemplate(payload, pointer) {
  const type = textIn(payload.template_type);
  const drawn = Object.hasOwn(KINDS, type) ? KINDS[type](payload, pointer) : [];
  return drawn.length > 0
    ? drawn
    : [empty(type === "" ? "A template without a type" : `No preview of ${type} yet`, pointer)];
}

// A card that asks for something, and a button that gives it.
function asking(title, text, button, pointer) {
  return h(
    "div",
    { class: "card", "data-pointer": pointer },
    line("card-title", title),
    line("card-subtitle", text),
    drawButtons([{ title: button }]),
  );
}

function wanted({ contact_overrides: overrides, countries }) {
  const names = listIn(overrides).flatMap((one) => Object.keys(objectIn(one)));
  return [
    names.length > 0 ? `Asks for: ${names.join(", ")}` : "Asks for name, address and contact",
    listIn(countries).length > 0 && `In: ${listIn(countries).map(textIn).join(", ")}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

// One message for each template.
import { template } from "./envelope.js";

const cdn = (name) => `https://cdn.example.org/${name}`;
const shop = (path) => `https://shop.example.org/${path}`;
const open = (title, path) => ({ type: "web_url", title, url: shop(path) });
const say = (title, payload) => ({ type: "postback", title, payload });
const PRIVACY = { url: "https://example.org/privacy" };

export const TEMPLATES = [
  template("buttons", "Buttons", {
    template_type: "button",
    text: "How can we help?",
    buttons: [
      say("Track a parcel", "TRACK"),
      open("Opening hours", "hours"),
      { type: "phone_number", title: "Call us", payload: "+351210000000" },
    ],
  }),
  template("carousel", "Carousel", {
    template_type: "generic",
    elements: [
      {
        title: "Kettle",
        subtitle: "1.7 l, steel",
        image_url: cdn("kettle.png"),
        default_action: { type: "web_url", url: shop("kettle") },
        buttons: [open("Open", "kettle"), say("Add to cart", "ADD:K1")],
      },
      {
        title: "Teapot",
        subtitle: "0.8 l, clay",
        image_url: cdn("teapot.png"),
        buttons: [open("Open", "teapot"), say("Add to cart", "ADD:T1")],
      },
      {
        title: "Mug",
        subtitle: "0.3 l, blue",
        image_url: cdn("mug.png"),
        buttons: [open("Open", "mug"), say("Add to cart", "ADD:M1")],
      },
    ],
  }),
  template("media", "Media", {
    template_type: "media",
    elements: [
      {
        media_type: "image",
        attachment_id: "1857777774821032",
        buttons: [open("See the workshop", "workshop")],
      },
    ],
  }),
  template("receipt", "Receipt", {
    template_type: "receipt",
    recipient_name: "Robin Sample",
    merchant_name: "Example Pots",
    order_number: "A-78",
    currency: "EUR",
    payment_method: "Card 4242",
    timestamp: "1760000000",
    order_url: shop("orders/A-78"),
    elements: [
      {
        title: "Mug",
        subtitle: "Blue",
        quantity: 2,
        price: 10.5,
        currency: "EUR",
        image_url: cdn("mug.png"),
      },
      { title: "Tea sample", quantity: 1, price: 0 },
    ],
    address: {
      street_1: "1 Sample Street",
      city: "Sampleton",
      postal_code: "1000-001",
      state: "ST",
      country: "PT",
    },
    summary: { subtotal: 21, shipping_cost: 4.95, total_tax: 5, total_cost: 28.95 },
    adjustments: [{ name: "New customer", amount: 2 }],
  }),
  template("coupon", "Coupon", {
    template_type: "coupon",
    title: "15% off tea",
    subtitle: "Until Sunday",
    coupon_code: "TEA15",
    coupon_url: shop("tea"),
    coupon_url_button_title: "To the tea",
    coupon_pre_message: "A small thank-you:",
    image_url: cdn("tea.png"),
    payload: "camp-9",
  }),
  template("feedback", "Feedback", {
    template_type: "customer_feedback",
    title: "Rate the chat",
    subtitle: "One quick question",
    button_title: "Rate",
    feedback_screens: [
      {
        questions: [
          {
            id: "q_1",
            type: "csat",
            title: "How did we do?",
            score_option: "five_stars",
            follow_up: { type: "free_form", placeholder: "Tell us more" },
          },
        ],
      },
    ],
    business_privacy: PRIVACY,
    expires_in_days: 3,
  }),
  template("image-grid", "Image grid", {
    template_type: "image_grid",
    elements: [
      {
        title: "Chairs",
        subtitle: "Oak and steel",
        images: [
          {
            url: cdn("chair-a.jpg"),
            is_hero_image: true,
            action: { type: "web_url", url: shop("a") },
          },
          {
            url: cdn("chair-b.jpg"),
            action: { type: "postback", payload: "CHAIR_B", text: "Tell me about B" },
          },
          { url: cdn("chair-c.jpg") },
        ],
        buttons: [open("All chairs", "chairs"), say("Help me choose", "CHOOSE")],
      },
    ],
  }),
  template("product", "Products", {
    template_type: "product",
    elements: [{ id: "5555" }, { id: "6666" }],
  }),
  template("information", "Customer info", {
    template_type: "customer_information",
    countries: ["US", "PT"],
    business_privacy: PRIVACY,
    expires_in_days: 2,
    contact_overrides: [
      { name: { required: true, label: "Who receives it" } },
      { email: { required: false } },
    ],
  }),
  template("instant-form", "Instant form", { template_type: "instant_form", form_id: "900100200" }),
  template("calling", "Calling", { template_type: "calling_optin" }),
  template("one-time", "One-time", {
    template_type: "one_time_notif_req",
    title: "When the kettle is back",
    payload: "BACK:K1",
  }),
  template("notifications", "Notifications", {
    template_type: "notification_messages",
    title: "Weekly deals",
    image_url: cdn("deals.png"),
    payload: "weekly",
    notification_messages_timezone: "Europe/Lisbon",
    notification_messages_cta_text: "SIGN_UP",
  }),
];

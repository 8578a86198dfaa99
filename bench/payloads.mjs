// The measured messages: four sizes (two shapes of the largest), each once valid and once with
// mistakes. Created by code, so that their differences are visible, without random numbers, so that
// every run measures the same.

/** The sizes, smallest first. What a name promises is checked by `samples`. */
const SIZES = {
  "100 B": [90, 115],
  "1 KB": [950, 1150],
  "4 KB": [3900, 4300],
  // A receipt: many short members.
  "40 KB": [39_000, 42_000],
  // Cards whose buttons carry a shop's state: few members, long texts.
  "40 KB of long texts": [39_000, 42_000],
};

const recipient = { id: "7001002003004005" };

/** A request of the Send API with a message in it. */
const request = (message) => ({ recipient, messaging_type: "RESPONSE", message });

const reply = (n) => ({ content_type: "text", title: `Choice ${n}`, payload: `CHOSEN:${n}` });

/** The usual button of each kind in turn. */
const button = (n) =>
  [
    {
      type: "web_url",
      title: "Open the page",
      url: `https://shop.example.org/item/${n}?from=messenger`,
    },
    { type: "postback", title: "Into the basket", payload: `BASKET:${n}` },
    { type: "phone_number", title: "Call the shop", payload: "+4930123456" },
  ][n % 3];

const element = (n) => ({
  title: `Lamp no. ${n}`,
  subtitle: "Oak and paper, made to order",
  image_url: `https://cdn.example.org/lamps/${n}/front.png`,
  default_action: {
    type: "web_url",
    url: `https://shop.example.org/lamps/${n}`,
    webview_height_ratio: "tall",
  },
  buttons: [button(n)],
});

const list = (count, of) => Array.from({ length: count }, (_, n) => of(n));

const generic = (elements, quickReplies) =>
  request({
    attachment: { type: "template", payload: { template_type: "generic", elements } },
    quick_replies: quickReplies,
  });

/** A shop's state as text: a payload may have 1000 characters. */
const state = (n) => `basket=${n}&lamp=oak&colour=white&step=`.repeat(30).slice(0, 820);

const chooser = (n) => ({
  ...element(n),
  buttons: list(3, (m) => ({ type: "postback", title: `Choose ${m}`, payload: state(n * 3 + m) })),
});

const purchase = (n) => ({
  title: `Lamp no. ${n}, oak and paper, with a bulb of four watts`,
  subtitle:
    "Made to order, to be delivered in eight to ten days; the lamp can be given back for a month, and the maker repairs it for six years.",
  quantity: 1 + (n % 4),
  price: 49.9 + n,
  currency: "EUR",
  image_url: `https://cdn.example.org/lamps/${n}/front.png?width=640&height=640&format=png&background=white&quality=80&signature=8f3a90c2b7d64e15`,
});

const receipt = () =>
  request({
    attachment: {
      type: "template",
      payload: {
        template_type: "receipt",
        recipient_name: "Ada Byron",
        order_number: "2026-0042",
        currency: "EUR",
        payment_method: "Card 4242",
        timestamp: "1790000000",
        summary: { subtotal: 9940, shipping_cost: 9.5, total_tax: 1888.6, total_cost: 11838.1 },
        address: {
          street_1: "Long Lane 1",
          city: "Berlin",
          postal_code: "10115",
          state: "BE",
          country: "DE",
        },
        elements: list(100, purchase),
      },
    },
  });

const LEGAL = {
  "100 B": () => request({ text: "Your parcel is on its way." }),
  "1 KB": () =>
    request({
      text: "Which of these lamps do you like best? ".repeat(6).trim(),
      quick_replies: list(11, reply),
      metadata: "campaign=autumn",
    }),
  "4 KB": () => generic(list(10, element), list(13, reply)),
  "40 KB": receipt,
  "40 KB of long texts": () =>
    generic(
      list(10, chooser),
      list(13, (n) => ({ ...reply(n), payload: state(n) })),
    ),
};

/** Mistakes that people make, each at a place of its own; `at` is where every validator must find something. */
const MISTAKES = {
  "100 B": [{ at: ["message", "text"], make: (whole) => (whole.message.text = "") }],
  "1 KB": [
    { at: ["messaging_type"], make: (whole) => (whole.messaging_type = "RESPONCE") },
    {
      at: ["message", "quick_replies", 3, "title"],
      make: (whole) => (whole.message.quick_replies[3].title = "longer than twenty characters"),
    },
    {
      at: ["message", "quick_replies", 7, "payload"],
      make: (whole) => (whole.message.quick_replies[7].payload = true),
    },
  ],
  "4 KB": inCards(),
  "40 KB": inReceipt(),
  "40 KB of long texts": inCards(),
};

/** Ten mistakes in one message, as a form has them before it is filled in: every validator finds these, and no more. */
const TEN_MISTAKES = {
  "1 KB": [
    { at: ["recipient", "id"], make: (whole) => (whole.recipient = { id: "" }) },
    { at: ["messaging_type"], make: (whole) => (whole.messaging_type = "RESPONCE") },
    { at: ["notification_type"], make: (whole) => (whole.notification_type = "LOUD") },
    { at: ["message", "metadata"], make: (whole) => (whole.message.metadata = 7) },
    inReply(1, "title", "longer than twenty characters"),
    inReply(2, "payload", true),
    inReply(3, "content_type", "txt"),
    inReply(5, "title", undefined),
    inReply(6, "image_url", "cdn.example.org/lamp.png"),
    inReply(8, "title", 8),
  ],
  "4 KB": [
    inCard("title", 1, (card) => (card.title = "x".repeat(81))),
    inCard("default_action/url", 2, (card) => (card.default_action.url = undefined)),
    inCard(
      "default_action/webview_height_ratio",
      3,
      (card) => (card.default_action.webview_height_ratio = "huge"),
    ),
    inCard("image_url", 4, (card) => (card.image_url = "cdn.example.org/lamp.png")),
    inCard("subtitle", 5, (card) => (card.subtitle = "x".repeat(81))),
    inCard("buttons", 6, (card) => (card.buttons = list(4, () => button(1)))),
    inCard("buttons/0/type", 7, (card) => (card.buttons[0].type = "link")),
    inCard("buttons/0/title", 8, (card) => (card.buttons[0].title = 8)),
    inReply(4, "payload", true),
    inReply(12, "title", undefined),
  ],
};

function inReply(index, name, value) {
  return {
    at: ["message", "quick_replies", index, name],
    make: (whole) => (whole.message.quick_replies[index][name] = value),
  };
}

function inCard(path, index, make) {
  const names = path.split("/").map((name) => (/^\d+$/.test(name) ? Number(name) : name));
  return { at: place(index, ...names), make: (whole) => make(elements(whole)[index]) };
}

/** The elements of the template in a message, and the place of something in it. */
function elements(whole) {
  return whole.message.attachment.payload.elements;
}

function place(...rest) {
  return ["message", "attachment", "payload", "elements", ...rest];
}

function inReceipt() {
  return [
    { at: place(3, "price"), make: (whole) => delete elements(whole)[3].price },
    { at: place(40, "quantity"), make: (whole) => (elements(whole)[40].quantity = "two") },
    { at: place(77, "title"), make: (whole) => (elements(whole)[77].title = null) },
    {
      at: ["message", "attachment", "payload", "order_number"],
      make: (whole) => delete whole.message.attachment.payload.order_number,
    },
  ];
}

function inCards() {
  return [
    { at: place(1, "title"), make: (whole) => (elements(whole)[1].title = "x".repeat(81)) },
    {
      at: place(4, "image_url"),
      make: (whole) => (elements(whole)[4].image_url = "cdn.example.org/lamp.png"),
    },
    {
      at: place(6, "buttons"),
      make: (whole) => (elements(whole)[6].buttons = list(4, (n) => button(n))),
    },
    {
      at: place(8, "buttons", 0, "title"),
      make: (whole) => (elements(whole)[8].buttons[0].title = 8),
    },
    {
      at: ["message", "quick_replies", 12, "title"],
      make: (whole) => delete whole.message.quick_replies[12].title,
    },
  ];
}

/**
 * Every sample.
 * @returns {{ size: string, legal: boolean, value: object, text: string, bytes: Uint8Array, mistakes: (string | number)[][] }[]}
 */
export function samples() {
  return Object.keys(SIZES).flatMap((size) => [sample(size, true), sample(size, false)]);
}

/** One sample by its size, as "4 KB". */
export function sample(size, legal = true) {
  const value = LEGAL[size]();
  const mistakes = legal ? [] : MISTAKES[size];
  if (legal) {
    const [least, most] = SIZES[size];
    const { length } = JSON.stringify(value);
    if (length < least || length > most) {
      throw new Error(`the sample of ${size} has ${length} bytes: make it fit its name`);
    }
  }
  for (const { make } of mistakes) {
    make(value);
  }
  const text = JSON.stringify(value);
  return {
    size,
    legal,
    value,
    text,
    bytes: new TextEncoder().encode(text),
    mistakes: mistakes.map(({ at }) => at),
  };
}

/** The sizes of which there is a message with ten mistakes. */
export const TEN_MISTAKES_SIZES = Object.keys(TEN_MISTAKES);

/** The message of a size with ten mistakes. It has no member that is `undefined`: a parser made it. */
export function tenMistakes(size) {
  const whole = LEGAL[size]();
  for (const { make } of TEN_MISTAKES[size]) {
    make(whole);
  }
  const text = JSON.stringify(whole);
  return {
    size,
    value: JSON.parse(text),
    text,
    bytes: new TextEncoder().encode(text),
    mistakes: TEN_MISTAKES[size].map(({ at }) => at),
  };
}

/** The short way to say the legal sample of a size, as `buildMessage` takes it. */
export function draft(size) {
  const { recipient: to, message } = LEGAL[size]();
  const { attachment, ...rest } = message;
  return { to: to.id, ...rest, ...(attachment !== undefined && { template: attachment.payload }) };
}

const SCRIPTS = [
  "โคมไฟไม้โอ๊คและกระดาษ",
  "مصباح من خشب البلوط",
  "木と紙のランプ",
  "Đèn giấy và gỗ sồi",
  "Лампа из дуба и бумаги",
  "Lampe 🪔 aus Eiche 🌳",
];

/**
 * The legal sample of 4 KB as other programs would write it: what is quick for one way of writing only is found out here.
 * @returns {{ name: string, text: string, bytes: Uint8Array }[]}
 */
export function variants() {
  const { value, text } = sample("4 KB");
  const inOtherScripts = structuredClone(value);
  for (const [n, card] of elements(inOtherScripts).entries()) {
    card.title = SCRIPTS[n % SCRIPTS.length];
    card.subtitle = SCRIPTS[(n + 1) % SCRIPTS.length];
  }
  const foreign = JSON.stringify(inOtherScripts);
  const texts = {
    "as it is": text,
    "indented by two": JSON.stringify(value, null, 2),
    "in other scripts": foreign,
    "in other scripts, escaped": foreign.replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
    "with escaped slashes, as PHP writes it": text.replaceAll("/", "\\/"),
    "members in reverse order": JSON.stringify(reversed(value)),
  };
  return Object.entries(texts).map(([name, one]) => ({
    name,
    text: one,
    bytes: new TextEncoder().encode(one),
  }));
}

function reversed(value) {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([name, member]) => [name, reversed(member)]),
    );
  }
  return value;
}

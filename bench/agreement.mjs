// Before any measurement: all validators must agree on the same messages, or the comparison is not
// fair.
import { isDeepStrictEqual } from "node:util";
import { sample, samples, TEN_MISTAKES_SIZES, tenMistakes } from "./payloads.mjs";

/** One change of a legal sample for each shared rule, and whether the message is still legal. */
const CHANGES = [
  ["text of 2000 characters", "100 B", true, (whole) => (whole.message.text = "x".repeat(2000))],
  ["text that is too long", "100 B", false, (whole) => (whole.message.text = "x".repeat(2001))],
  ["no content", "100 B", false, (whole) => delete whole.message.text],
  ["no message", "100 B", false, (whole) => delete whole.message],
  ["no recipient", "100 B", false, (whole) => delete whole.recipient],
  ["an empty recipient", "100 B", false, (whole) => (whole.recipient = {})],
  ["a member that nobody knows", "100 B", true, (whole) => (whole.message.colour = "red")],
  [
    "a tag",
    "100 B",
    true,
    (whole) => Object.assign(whole, { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" }),
  ],
  [
    "a tag that was withdrawn",
    "100 B",
    false,
    (whole) => Object.assign(whole, { messaging_type: "MESSAGE_TAG", tag: "ACCOUNT_UPDATE" }),
  ],
  ["MESSAGE_TAG without a tag", "100 B", false, (whole) => (whole.messaging_type = "MESSAGE_TAG")],
  ["an unknown notification_type", "100 B", false, (whole) => (whole.notification_type = "LOUD")],
  [
    "thirteen quick replies",
    "1 KB",
    true,
    (whole) => whole.message.quick_replies.push(...whole.message.quick_replies.slice(0, 2)),
  ],
  [
    "fourteen quick replies",
    "1 KB",
    false,
    (whole) => whole.message.quick_replies.push(...whole.message.quick_replies.slice(0, 3)),
  ],
  [
    "a quick reply of an unknown kind",
    "1 KB",
    false,
    (whole) => (whole.message.quick_replies[0].content_type = "text_message"),
  ],
  [
    "a quick reply that asks for an address",
    "1 KB",
    true,
    (whole) => (whole.message.quick_replies[0] = { content_type: "user_email" }),
  ],
  [
    "a quick reply without a payload",
    "1 KB",
    false,
    (whole) => delete whole.message.quick_replies[0].payload,
  ],
  [
    "a payload that is too long",
    "1 KB",
    false,
    (whole) => (whole.message.quick_replies[0].payload = "x".repeat(1001)),
  ],
  ["text beside an attachment", "4 KB", false, (whole) => (whole.message.text = "both")],
  [
    "an attachment of an unknown type",
    "4 KB",
    false,
    (whole) => (whole.message.attachment.type = "templates"),
  ],
  [
    "a template of an unknown type",
    "4 KB",
    false,
    (whole) => (whole.message.attachment.payload.template_type = "generics"),
  ],
  ["no elements", "4 KB", false, (whole) => (whole.message.attachment.payload.elements = [])],
  ["eleven elements", "4 KB", false, (whole) => cards(whole).push(cards(whole)[0])],
  [
    "an element with a title alone",
    "4 KB",
    false,
    (whole) => (cards(whole)[0] = { title: "alone" }),
  ],
  [
    "an element with a subtitle",
    "4 KB",
    true,
    (whole) => (cards(whole)[0] = { title: "two", subtitle: "lines" }),
  ],
  [
    "a subtitle that is too long",
    "4 KB",
    false,
    (whole) => (cards(whole)[0].subtitle = "x".repeat(81)),
  ],
  [
    "an image that is no address",
    "4 KB",
    false,
    (whole) => (cards(whole)[0].image_url = "/lamp.png"),
  ],
  [
    "an action without an address",
    "4 KB",
    false,
    (whole) => delete cards(whole)[0].default_action.url,
  ],
  [
    "an action of an unknown height",
    "4 KB",
    false,
    (whole) => (cards(whole)[0].default_action.webview_height_ratio = "huge"),
  ],
  [
    "a button of an unknown type",
    "4 KB",
    false,
    (whole) => (cards(whole)[0].buttons[0].type = "link"),
  ],
  ["a button without a type", "4 KB", false, (whole) => delete cards(whole)[0].buttons[0].type],
  [
    "a button with a long title",
    "4 KB",
    false,
    (whole) => (cards(whole)[0].buttons[0].title = "x".repeat(21)),
  ],
  [
    "a telephone number in words",
    "4 KB",
    false,
    (whole) => (cards(whole)[2].buttons[0].payload = "call us"),
  ],
  [
    "an image",
    "4 KB",
    true,
    (whole) =>
      (whole.message.attachment = {
        type: "image",
        payload: { url: "https://cdn.example.org/a.png" },
      }),
  ],
  [
    "an image with two sources",
    "4 KB",
    false,
    (whole) =>
      (whole.message.attachment = {
        type: "image",
        payload: { url: "https://a.example/", attachment_id: "1" },
      }),
  ],
  [
    "a receipt without a total",
    "40 KB",
    false,
    (whole) => delete whole.message.attachment.payload.summary.total_cost,
  ],
  [
    "a receipt for nobody",
    "40 KB",
    false,
    (whole) => (whole.message.attachment.payload.recipient_name = ""),
  ],
  ["a receipt of 101 purchases", "40 KB", false, (whole) => cards(whole).push(cards(whole)[0])],
  [
    "a country of three letters",
    "40 KB",
    false,
    (whole) => (whole.message.attachment.payload.address.country = "DEU"),
  ],
  ["a price as text", "40 KB", false, (whole) => (cards(whole)[5].price = "4.20")],
];

function cards(whole) {
  return whole.message.attachment.payload.elements;
}

/**
 * Compares the package and the peers on the samples.
 * @returns {{ judged: number, disputes: string[] }} a dispute is a sentence; there should be none
 */
export function disputes(api, peers) {
  const found = [];
  let judged = 0;
  const judge = (what, value, legal) => {
    const says = (who, right) => {
      judged += 1;
      if (right !== legal) {
        found.push(`${who} calls ${what} ${right ? "legal" : "illegal"}`);
      }
    };
    says("messenger-send", api.validate(value).valid);
    for (const [name, { check, isRight }] of Object.entries(peers)) {
      says(name, isRight(check(value)));
    }
  };
  for (const [what, size, legal, change] of CHANGES) {
    const { value } = sample(size);
    change(value);
    judge(what, value, legal);
  }
  for (const { size, legal, value, mistakes } of samples()) {
    judge(`the sample of ${size}, ${legal ? "legal" : "with mistakes"},`, value, legal);
    const missed = (who, places) => {
      for (const place of mistakes.filter(
        (one) => !places.some((path) => isDeepStrictEqual(path.map(String), one.map(String))),
      )) {
        found.push(
          `${who} does not find the mistake at /${place.join("/")} in the sample of ${size}`,
        );
      }
    };
    missed(
      "messenger-send",
      api.validate(value).issues.map(({ path }) => path),
    );
    for (const [name, { check, places }] of Object.entries(peers)) {
      missed(name, places(check(value)));
    }
  }
  for (const { size, value, mistakes } of TEN_MISTAKES_SIZES.map(tenMistakes)) {
    judge(`the message of ${size} with ten mistakes`, value, false);
    const places = {
      "messenger-send": api.validate(value).issues.map(({ path }) => path),
      zod: peers.zod.places(peers.zod.check(value)),
    };
    for (const [name, paths] of Object.entries(places)) {
      const sorted = (all) => all.map((path) => path.join("/")).sort();
      if (!isDeepStrictEqual(sorted(paths), sorted(mistakes))) {
        found.push(`${name} does not find exactly the ten mistakes of the message of ${size}`);
      }
    }
  }
  return { judged, disputes: found };
}

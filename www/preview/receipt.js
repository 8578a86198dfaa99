// A receipt: what was ordered, what it came to, and where it goes. The sums are the message's own; nothing is reckoned here.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { line } from "./bubble.js";
import { picture } from "./picture.js";

const SUMMARY = [
  ["subtotal", "Subtotal"],
  ["shipping_cost", "Shipping"],
  ["total_tax", "Tax"],
];

export function drawReceipt(receipt, pointer) {
  const currency = textIn(receipt.currency);
  const summary = objectIn(receipt.summary);
  return h(
    "div",
    { class: "card receipt", "data-pointer": pointer },
    line(
      "card-title",
      textIn(receipt.merchant_name) || "Order confirmation",
      `${pointer}/merchant_name`,
    ),
    line(
      "card-subtitle",
      `Order ${textIn(receipt.order_number) || "…"}`,
      `${pointer}/order_number`,
    ),
    h(
      "ul",
      { class: "receipt-items" },
      listIn(receipt.elements).map((one, n) =>
        item(objectIn(one), currency, `${pointer}/elements/${n}`),
      ),
    ),
    h(
      "dl",
      { class: "receipt-sums" },
      SUMMARY.filter(([name]) => summary[name] !== undefined).map(([name, label]) =>
        sum(label, money(summary[name], currency), "", `${pointer}/summary/${name}`),
      ),
      listIn(receipt.adjustments).map((one, n) =>
        sum(
          textIn(objectIn(one).name),
          `−${money(objectIn(one).amount, currency)}`,
          "",
          `${pointer}/adjustments/${n}`,
        ),
      ),
      sum("Total", money(summary.total_cost, currency), "total", `${pointer}/summary/total_cost`),
    ),
    h(
      "dl",
      { class: "receipt-facts" },
      fact("Paid with", textIn(receipt.payment_method), `${pointer}/payment_method`),
      fact("Name", textIn(receipt.recipient_name), `${pointer}/recipient_name`),
      fact("Ship to", address(objectIn(receipt.address)), `${pointer}/address`),
      fact("Ordered", when(textIn(receipt.timestamp)), `${pointer}/timestamp`),
    ),
  );
}

function item({ title, subtitle, quantity, price, currency, image_url: image }, ofAll, pointer) {
  return h(
    "li",
    { "data-pointer": pointer },
    textIn(image) !== "" && picture({ url: image }, "Image", `${pointer}/image_url`),
    h(
      "div",
      null,
      line("receipt-name", textIn(title) || "…"),
      line(
        "card-subtitle",
        [textIn(subtitle), quantity !== undefined && `Qty ${textIn(quantity)}`]
          .filter(Boolean)
          .join(" · "),
      ),
    ),
    h("span", { class: "receipt-price", dir: "auto" }, money(price, textIn(currency) || ofAll)),
  );
}

function sum(label, amount, kind, pointer) {
  return h(
    "div",
    { class: kind, "data-pointer": pointer },
    h("dt", { dir: "auto" }, label),
    h("dd", { dir: "auto" }, amount),
  );
}

function fact(label, text, pointer) {
  return (
    text !== "" &&
    h("div", { "data-pointer": pointer }, h("dt", null, label), h("dd", { dir: "auto" }, text))
  );
}

function address({ street_1: first, street_2: second, city, state, postal_code: code, country }) {
  return [first, second, city, [state, code].map(textIn).filter(Boolean).join(" "), country]
    .map(textIn)
    .filter(Boolean)
    .join(", ");
}

function money(amount, currency) {
  if (typeof amount !== "number") return textIn(amount) || "…";
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).format(amount);
  } catch {
    return `${amount} ${currency}`.trim();
  }
}

function when(seconds) {
  const date = new Date(Number(seconds) * 1000);
  return seconds === "" || Number.isNaN(date.getTime())
    ? ""
    : date.toLocaleDateString("en", { dateStyle: "medium", timeZone: "UTC" });
}

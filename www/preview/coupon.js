// A coupon: what it is for, its code, and a button to the shop.
import { textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { line } from "./bubble.js";
import { drawButtons } from "./buttons.js";
import { picture } from "./picture.js";

export function drawCoupon(coupon, pointer) {
  const code = textIn(coupon.coupon_code);
  return h(
    "div",
    { class: "card coupon" },
    textIn(coupon.image_url) !== "" &&
      picture({ url: coupon.image_url }, "Image", `${pointer}/image_url`),
    line("card-title", textIn(coupon.title) || "…", `${pointer}/title`),
    line("card-subtitle", textIn(coupon.subtitle), `${pointer}/subtitle`),
    code !== "" &&
      h(
        "p",
        { class: "coupon-code", "data-pointer": `${pointer}/coupon_code` },
        h("bdi", null, code),
      ),
    drawButtons(
      [
        code !== "" && { title: "Copy code" },
        textIn(coupon.coupon_url) !== "" && {
          type: "web_url",
          title: textIn(coupon.coupon_url_button_title) || "Shop now",
        },
      ].filter(Boolean),
    ),
  );
}

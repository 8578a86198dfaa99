// Says how much of a limit a field uses. The limit and its unit come from the package; until then there is nothing to say.
import { measure } from "../model/limits.js";
import { h, uid } from "../page/dom.js";

const NEAR = 0.8;

export function createCounter({ list }) {
  const number = h("span", { class: "counter-number", "aria-hidden": "true" });
  const words = h("span", { class: "visually-hidden" });
  const element = h("span", { class: "counter", id: uid("counter"), hidden: true }, number, words);

  return {
    element,
    // bound: { limit, unit }, or undefined where there is none
    sync(value, bound) {
      const countable = list
        ? Array.isArray(value)
        : value === undefined || typeof value === "string" || typeof value === "number";
      element.hidden = !bound || !countable;
      if (element.hidden) return;
      const used = measure(value, bound.unit);
      const [is, most] = [used.toLocaleString("en"), bound.limit.toLocaleString("en")];
      number.textContent = `${is} / ${most}${bound.unit === "bytes" ? " bytes" : ""}`;
      words.textContent = `${is} of at most ${most} ${bound.unit ?? ""}`;
      element.classList.toggle("over", used > bound.limit);
      element.classList.toggle("near", used <= bound.limit && used >= bound.limit * NEAR);
    },
  };
}

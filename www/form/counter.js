// Says how much of a limit a field uses. The limit and its unit come from the package; until then there is nothing to say.
import { h, uid } from "../view/dom.js";
import { measure } from "../model/limits.js";

// A quiet counter appears only when most of the limit is used.
const QUIET_BELOW = 0.8;

export function createCounter({ limit, quiet = false, bar = true }) {
  const number = h("span", { class: "counter-number", "aria-hidden": "true" });
  const words = h("span", { class: "visually-hidden" });
  const track = bar && h("progress", { class: "counter-bar", "aria-hidden": "true" });
  const element = h("span", { class: "counter", id: uid("counter"), hidden: true }, track, number, words);

  return {
    element,
    sync(value, { limits, platform }) {
      const bound = limits?.(limit, platform);
      const used = measure(value, bound?.unit);
      element.hidden = !bound || (quiet && used < bound.limit * QUIET_BELOW);
      if (!bound) return;
      const [is, most] = [used.toLocaleString("en"), bound.limit.toLocaleString("en")];
      const unit = bound.unit === "bytes" ? " bytes" : "";
      number.textContent = `${is} / ${most}${unit}`;
      words.textContent = `${is} of at most ${most} ${bound.unit ?? ""}`;
      if (track) {
        track.max = bound.limit;
        track.value = Math.min(used, bound.limit);
      }
      element.classList.toggle("over", used > bound.limit);
      element.classList.toggle("near", used <= bound.limit && used >= bound.limit * QUIET_BELOW);
    },
  };
}

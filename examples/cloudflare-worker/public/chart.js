// Outcomes per minute: bars for the outcomes of sending, a line for the deliveries that Meta reported, and the same as a table.
import { MINUTE_MS, MINUTES } from "./answer.js";
import { html, setText, svg } from "./dom.js";
import { clock, number, OUTCOMES, STATES, short } from "./format.js";

const HEIGHT = 232;
const EDGE = { top: 10, right: 8, bottom: 26, left: 48 };
/** From the bottom to the top. */
const BARS = ["sent", "refused", "unknown", "dead"];
/** The minimum height of a part of a bar, so that a few failures among thousands of messages are visible. */
const LOWEST_PART = 3;
const NARROW = 520;
const STEPS = [1, 2, 2.5, 5, 10];

export class Chart {
  #figure;
  #title = svg("title", { id: "chart-title" });
  #description = svg("desc", { id: "chart-description" });
  #drawing = svg("g");
  #marker = svg("rect", { class: "chart-marker", visibility: "hidden" });
  #picture;
  #readOut = html("p", { class: "read-out soft", "aria-hidden": "true" });
  #legend = html("ul", { class: "legend", "aria-label": "Sum of the hour" });
  #sums = {};
  #rows = html("tbody");
  #table;
  #switch = html("button", { type: "button", class: "button", "aria-pressed": "false" }, "Table");
  #slots = [];
  #marked;

  constructor(figure) {
    this.#figure = figure;
    this.#picture = svg(
      "svg",
      { role: "img", "aria-labelledby": "chart-title chart-description", height: HEIGHT },
      this.#title,
      this.#description,
      this.#marker,
      this.#drawing,
    );
    for (const name of OUTCOMES) {
      this.#sums[name] = html("strong");
      this.#legend.append(
        html(
          "li",
          {},
          html("span", { class: `key ${name}`, "aria-hidden": "true" }),
          `${STATES[name]} `,
          this.#sums[name],
        ),
      );
    }
    this.#table = html(
      "div",
      {
        class: "chart-table",
        tabindex: "0",
        role: "region",
        "aria-label": "Outcomes per minute, as a table",
        hidden: true,
      },
      html(
        "table",
        {},
        html(
          "thead",
          {},
          html(
            "tr",
            {},
            ...["Minute", ...OUTCOMES.map((name) => STATES[name])].map((name) =>
              html("th", { scope: "col" }, name),
            ),
          ),
        ),
        this.#rows,
      ),
    );
    figure.append(
      html(
        "figcaption",
        { class: "chart-head" },
        html("h3", {}, "Outcomes per minute"),
        this.#switch,
      ),
      this.#legend,
      this.#picture,
      this.#readOut,
      this.#table,
    );
    this.#switch.addEventListener("click", () => this.#show(this.#table.hidden));
    this.#picture.addEventListener("pointermove", (event) => this.#mark(this.#slotAt(event)));
    this.#picture.addEventListener("pointerleave", () => this.#mark(undefined));
    new ResizeObserver(() => this.#draw()).observe(figure);
  }

  /** @param {{ time: number }[]} minutes oldest first */
  show(minutes) {
    this.#slots = lastHour(minutes);
    const sums = Object.fromEntries(
      OUTCOMES.map((name) => [name, this.#slots.reduce((sum, slot) => sum + slot[name], 0)]),
    );
    for (const name of OUTCOMES) {
      setText(this.#sums[name], short(sums[name]));
      this.#sums[name].parentElement.classList.toggle("zero", sums[name] === 0);
    }
    setText(this.#title, `Outcomes per minute, ${span(this.#slots)}`);
    setText(this.#description, description(this.#slots, sums));
    this.#rows.replaceChildren(
      ...this.#slots
        .toReversed()
        .map((slot) =>
          html(
            "tr",
            {},
            html("th", { scope: "row" }, clock(slot.time)),
            ...OUTCOMES.map((name) => html("td", {}, number(slot[name]))),
          ),
        ),
    );
    this.#draw();
  }

  #show(asTable) {
    this.#table.hidden = !asTable;
    this.#picture.toggleAttribute("hidden", asTable);
    this.#readOut.hidden = asTable;
    this.#switch.setAttribute("aria-pressed", String(asTable));
  }

  #draw() {
    const width = Math.max(240, Math.floor(this.#figure.clientWidth - paddingOf(this.#figure)));
    const plot = {
      left: EDGE.left,
      width: width - EDGE.left - EDGE.right,
      bottom: HEIGHT - EDGE.bottom,
      height: HEIGHT - EDGE.top - EDGE.bottom,
    };
    const top = ceiling(
      Math.max(1, ...this.#slots.map((slot) => Math.max(stacked(slot), slot.delivered))),
    );
    const step = plot.width / MINUTES;
    const y = (value) => plot.bottom - (value / top) * plot.height;
    const x = (index) => plot.left + index * step;
    this.#picture.setAttribute("width", width);
    this.#picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.#drawing.replaceChildren(
      ...[0, top / 2, top].flatMap((value) => [
        svg("line", {
          class: value === 0 ? "axis" : "grid",
          x1: plot.left,
          x2: plot.left + plot.width,
          y1: y(value),
          y2: y(value),
        }),
        svg("text", { x: plot.left - 8, y: y(value) + 4, "text-anchor": "end" }, short(value)),
      ]),
      ...this.#labels(x, step, width),
      ...this.#slots.flatMap((slot, index) => bar(slot, x(index), step, plot, y)),
      svg("polyline", {
        class: "line delivered",
        points: this.#slots
          .map((slot, index) => `${round(x(index) + step / 2)},${round(y(slot.delivered))}`)
          .join(" "),
      }),
    );
    this.#marker.setAttribute("y", EDGE.top);
    this.#marker.setAttribute("height", plot.height);
    this.#marker.setAttribute("width", step);
    this.#mark(this.#marked);
  }

  /** Labels every tenth minute, in a narrow chart every twentieth. */
  #labels(x, step, width) {
    const every = width < NARROW ? 20 : 10;
    return this.#slots.flatMap((slot, index) =>
      new Date(slot.time).getMinutes() % every === 0
        ? [
            svg(
              "text",
              { x: round(x(index) + step / 2), y: HEIGHT - 8, "text-anchor": "middle" },
              clock(slot.time),
            ),
          ]
        : [],
    );
  }

  #slotAt(event) {
    const box = this.#picture.getBoundingClientRect();
    const share = (event.clientX - box.left - EDGE.left) / (box.width - EDGE.left - EDGE.right);
    const index = Math.floor(share * MINUTES);
    return index >= 0 && index < this.#slots.length ? index : undefined;
  }

  /** Describes one minute, or without an index the whole hour. */
  #mark(index) {
    this.#marked = index;
    const slot = this.#slots[index];
    this.#marker.setAttribute("visibility", slot === undefined ? "hidden" : "visible");
    if (slot !== undefined) {
      const step = (this.#picture.getAttribute("width") - EDGE.left - EDGE.right) / MINUTES;
      this.#marker.setAttribute("x", round(EDGE.left + index * step));
    }
    setText(
      this.#readOut,
      slot === undefined ? span(this.#slots) : `${clock(slot.time)}: ${counts(slot)}`,
    );
  }
}

/** A small chart of the sent messages of the hour, hidden from screen readers. */
export function sparkline(minutes) {
  const slots = lastHour(minutes);
  const top = Math.max(1, ...slots.map((slot) => slot.sent));
  const points = slots.map((slot, index) => `${index},${round(20 - (slot.sent / top) * 19)}`);
  return svg(
    "svg",
    {
      class: "sparkline",
      viewBox: `0 0 ${MINUTES - 1} 20`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
      focusable: "false",
    },
    svg("polygon", { points: `0,20 ${points.join(" ")} ${MINUTES - 1},20` }),
    svg("polyline", { points: points.join(" ") }),
  );
}

/** The sixty minutes up to the newest one; missing ones are empty. */
function lastHour(minutes) {
  const newest = minutes.at(-1)?.time;
  if (newest === undefined) {
    return [];
  }
  const known = new Map(minutes.map((minute) => [minute.time, minute]));
  return Array.from({ length: MINUTES }, (_, index) => {
    const time = newest - (MINUTES - 1 - index) * MINUTE_MS;
    return known.get(time) ?? { time, sent: 0, delivered: 0, refused: 0, unknown: 0, dead: 0 };
  });
}

function bar(slot, left, step, plot, y) {
  const gap = step > 5 ? 1.5 : 0.5;
  let bottom = plot.bottom;
  return BARS.filter((name) => slot[name] > 0).map((name) => {
    const height = Math.max(plot.bottom - y(slot[name]), LOWEST_PART);
    bottom -= height;
    return svg("rect", {
      class: `part ${name}`,
      x: round(left + gap / 2),
      y: round(bottom),
      width: round(step - gap),
      height: round(height),
    });
  });
}

function description(slots, sums) {
  if (slots.length === 0) {
    return "Nothing was sent yet.";
  }
  const busiest = slots.reduce((most, slot) => (slot.sent > most.sent ? slot : most));
  return `${counts(sums)}. Most were sent at ${clock(busiest.time)}: ${number(busiest.sent)}.`;
}

const counts = (of) =>
  OUTCOMES.map((name) => `${number(of[name])} ${STATES[name].toLowerCase()}`).join(", ");

const stacked = (slot) => BARS.reduce((sum, name) => sum + slot[name], 0);

const span = (slots) =>
  slots.length === 0 ? "No minutes yet" : `${clock(slots[0].time)} to ${clock(slots.at(-1).time)}`;

/** The next round number whose half is also round. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((one) => one * power >= value) ?? 10;
  return Math.max(2, step * power);
}

const round = (value) => Math.round(value * 10) / 10;

function paddingOf(element) {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight);
}

// The figures of one Page, or of all together.
import { sum } from "./answer.js";
import { linkTo } from "./cards.js";
import { Chart } from "./chart.js";
import { byId, html, setText } from "./dom.js";
import { moment, number, pauseSentence, STATES, short } from "./format.js";

export class Details {
  #chart = new Chart(byId("chart"));
  #figures = {};
  #totals = {};
  #shown = {};
  #pages = [];
  #selected;
  #now;

  /** @param {() => number} now the Worker's clock */
  constructor(now) {
    this.#now = now;
    for (const name of ["Backlog", "Sending", "Last second", "Last minute"]) {
      this.#figures[name] = { value: html("span"), note: html("span", { class: "soft" }) };
      const { value, note } = this.#figures[name];
      byId("figures").append(
        html("div", { class: "card" }, html("dt", {}, name), html("dd", {}, value, " ", note)),
      );
    }
    for (const [state, name] of Object.entries(STATES)) {
      this.#totals[state] = html("dd");
      byId("totals").append(
        html(
          "div",
          {},
          html("dt", {}, html("span", { class: `key ${state}`, "aria-hidden": "true" }), name),
          this.#totals[state],
        ),
      );
    }
  }

  /** @param {string | undefined} selected the id of a Page; undefined for all Pages */
  show(pages, selected) {
    this.#pages = pages;
    this.#selected = pages.find(({ id }) => id === selected);
    const one = this.#selected ?? sum(pages);
    setText(
      byId("scope"),
      this.#selected === undefined ? "All Pages" : `Page ${this.#selected.id}`,
    );
    byId("all").hidden = this.#selected === undefined;
    this.#figure("Backlog", short(one.backlog), one.backlog === 1 ? "message" : "messages");
    this.#figure("Sending", short(one.sending), "at Meta");
    this.#figure("Last second", number(one.lastSecond), `of ${short(one.limit)}`);
    this.#figure("Last minute", short(one.lastMinute), one.lastMinute === 1 ? "call" : "calls");
    for (const state of Object.keys(STATES)) {
      setText(this.#totals[state], number(one.totals[state]));
    }
    this.#onChange("minutes", one.minutes, () => this.#chart.show(one.minutes));
    this.#onChange("errors", [one.errors, this.#selected?.id], () => this.#errors(one.errors));
    this.tick();
  }

  tick() {
    const { pause = null } = this.#selected ?? {};
    const paused = this.#pages.filter((page) => page.pause !== null).length;
    const all = this.#selected === undefined && paused > 0;
    byId("pause").hidden = pause === null && !all;
    byId("pause").classList.toggle("severe", pause?.reason === "auth");
    if (pause !== null) {
      setText(byId("pause"), pauseSentence(pause, this.#now()));
    } else if (all) {
      setText(
        byId("pause"),
        paused === 1 ? "1 Page is paused." : `${number(paused)} Pages are paused.`,
      );
    }
  }

  #figure(name, value, note) {
    setText(this.#figures[name].value, value);
    setText(this.#figures[name].note, note);
  }

  #errors(errors) {
    byId("no-errors").hidden = errors.length > 0;
    byId("errors").replaceChildren(...errors.map((error) => this.#error(error)));
  }

  #error({ page, time, id, status, kind, code, hint, fbtrace_id }) {
    const facts = [
      ["Message", id],
      ["Trace", fbtrace_id],
    ].filter(([, value]) => value !== undefined);
    return html(
      "li",
      {},
      html(
        "p",
        { class: "error-head" },
        html("span", { class: `key ${knownState(status)}`, "aria-hidden": "true" }),
        html(
          "strong",
          {},
          Object.hasOwn(STATES, status ?? "") ? STATES[status] : (status ?? "Failed"),
        ),
        ...[kind, code === undefined ? undefined : `code ${code}`]
          .filter((value) => value !== undefined)
          .map((value) => html("span", { class: "tag" }, value)),
        html("time", { class: "soft", datetime: new Date(time).toISOString() }, moment(time)),
      ),
      ...(hint === undefined ? [] : [html("p", { class: "hint" }, hint)]),
      html(
        "dl",
        { class: "facts" },
        ...(this.#selected === undefined
          ? [
              html(
                "div",
                {},
                html("dt", {}, "Page"),
                html("dd", {}, html("a", { href: linkTo(page) }, page)),
              ),
            ]
          : []),
        ...facts.map(([name, value]) =>
          html("div", {}, html("dt", {}, name), html("dd", {}, value)),
        ),
      ),
    );
  }

  /** Redraws only what has changed, so that a selection in the text is kept. */
  #onChange(name, value, draw) {
    const text = JSON.stringify(value);
    if (this.#shown[name] !== text) {
      this.#shown[name] = text;
      draw();
    }
  }
}

/** Restricts class names to known states, since the status comes from outside. */
const knownState = (status) => (Object.hasOwn(STATES, status ?? "") ? status : "unknown");

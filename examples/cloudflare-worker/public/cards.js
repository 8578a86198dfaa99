// The list, with a card for each Page. The cards remain the same elements across updates, so that focus and selection are kept.
import { sparkline } from "./chart.js";
import { byId, html, setText, svg } from "./dom.js";
import { number, pauseSentence, short } from "./format.js";

const FIRST = 24;
/** The search field is shown for more Pages than this. */
const SEARCHED = 6;

export const linkTo = (id) => `#page=${encodeURIComponent(id)}`;

export class Cards {
  #cards = new Map();
  #pages = [];
  #order = [];
  #all = false;
  #now = () => Date.now();

  /** @param {() => number} now the Worker's clock */
  constructor(now) {
    this.#now = now;
    byId("find-text").addEventListener("input", () => this.#render());
    byId("show-all").addEventListener("click", () => {
      this.#all = true;
      this.#render();
    });
  }

  show(pages, selected) {
    this.#pages = pages;
    this.#sort();
    this.select(selected);
  }

  select(selected) {
    this.#render();
    for (const [id, card] of this.#cards) {
      card.select(id === selected);
    }
  }

  /** Updates the countdowns. */
  tick() {
    for (const card of this.#cards.values()) {
      card.tick(this.#now());
    }
  }

  /** Paused Pages first, then by backlog. Not while the list is in use, so that no card moves away under the pointer. */
  #sort() {
    const list = byId("pages");
    const known = new Set(this.#order);
    const busy = list.matches(":hover") || list.contains(document.activeElement);
    if (busy && known.size > 0) {
      const news = this.#pages.filter(({ id }) => !known.has(id)).map(({ id }) => id);
      this.#order = [...this.#order, ...news];
      return;
    }
    this.#order = this.#pages
      .toSorted(
        (a, b) =>
          Number(b.pause !== null) - Number(a.pause !== null) ||
          b.backlog - a.backlog ||
          a.id.localeCompare(b.id, "en", { numeric: true }),
      )
      .map(({ id }) => id);
  }

  #render() {
    const byPage = new Map(this.#pages.map((page) => [page.id, page]));
    const looked = byId("find-text").value.trim().toLowerCase();
    const found = this.#order.filter((id) => byPage.has(id) && id.toLowerCase().includes(looked));
    const shown = this.#all ? found : found.slice(0, FIRST);
    byId("find").hidden = this.#pages.length <= SEARCHED;
    setText(
      byId("list-count"),
      found.length === this.#pages.length
        ? number(found.length)
        : `${number(found.length)} of ${number(this.#pages.length)}`,
    );
    byId("show-all").hidden = shown.length === found.length;
    setText(byId("show-all"), `Show all ${number(found.length)}`);
    byId("none").hidden = found.length > 0;
    setText(
      byId("none"),
      this.#pages.length === 0
        ? "No Page yet: this key may use none, or nothing was posted."
        : "No Page has this in its ID.",
    );
    this.#place(shown.map((id) => byPage.get(id)));
  }

  /** Moves only elements that are out of place, since a moved element loses the focus. */
  #place(pages) {
    const list = byId("pages");
    const wanted = new Set(pages.map(({ id }) => id));
    for (const [id, card] of this.#cards) {
      if (!wanted.has(id)) {
        card.element.remove();
        this.#cards.delete(id);
      }
    }
    pages.forEach((page, index) => {
      const card = this.#cards.get(page.id) ?? new Card(page.id);
      this.#cards.set(page.id, card);
      card.show(page, this.#now());
      if (list.children[index] !== card.element) {
        list.insertBefore(card.element, list.children[index] ?? null);
      }
    });
  }
}

class Card {
  element = html("li", { class: "page card" });
  #link;
  #state = html("span", { class: "state" });
  #pause = html("p", { class: "pause", hidden: true });
  #backlog = html("dd");
  #sending = html("dd");
  #rate = html("dd");
  #bar = svg("rect", { height: "6", width: "0" });
  #spark = html("div", { class: "spark" });
  #page;
  #drawn;

  constructor(id) {
    this.#link = html("a", { href: linkTo(id) }, id);
    this.element.append(
      html("div", { class: "page-head" }, html("h3", {}, this.#link), this.#state),
      this.#pause,
      html(
        "dl",
        { class: "page-figures" },
        html("div", {}, html("dt", {}, "Backlog"), this.#backlog),
        html("div", {}, html("dt", {}, "Sending"), this.#sending),
        html("div", {}, html("dt", {}, "Rate"), this.#rate),
      ),
      svg(
        "svg",
        {
          class: "rate",
          viewBox: "0 0 100 6",
          preserveAspectRatio: "none",
          "aria-hidden": "true",
          focusable: "false",
        },
        svg("rect", { class: "rate-track", width: "100", height: "6" }),
        this.#bar,
      ),
      this.#spark,
    );
  }

  show(page, now) {
    this.#page = page;
    const { name, words } = stateOf(page);
    this.#state.className = `state ${name}`;
    setText(this.#state, words);
    setText(this.#backlog, short(page.backlog));
    setText(this.#sending, short(page.sending));
    setText(this.#rate, `${number(page.lastSecond)} of ${number(page.limit)}/s`);
    this.#bar.setAttribute("width", String(share(page)));
    this.#bar.setAttribute("class", share(page) >= 95 ? "rate-bar full" : "rate-bar");
    const drawn = JSON.stringify(page.minutes.map(({ time, sent }) => [time, sent]));
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.#spark.replaceChildren(sparkline(page.minutes));
    }
    this.tick(now);
  }

  select(selected) {
    if (selected) {
      this.#link.setAttribute("aria-current", "true");
    } else {
      this.#link.removeAttribute("aria-current");
    }
  }

  tick(now) {
    const { pause } = this.#page;
    this.#pause.hidden = pause === null;
    if (pause !== null) {
      setText(this.#pause, pauseSentence(pause, now));
      this.#pause.classList.toggle("severe", pause.reason === "auth");
    }
  }
}

function stateOf({ pause, sending, lastSecond, backlog }) {
  if (pause !== null) {
    return { name: "paused", words: "Paused" };
  }
  if (sending > 0 || lastSecond > 0) {
    return { name: "active", words: "Sending" };
  }
  return backlog > 0 ? { name: "waiting", words: "Waiting" } : { name: "idle", words: "Idle" };
}

const share = ({ lastSecond, limit }) =>
  limit === 0 ? 0 : Math.min(100, Math.round((lastSecond / limit) * 100));

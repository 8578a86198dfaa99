// The page of the queue: signs in with a key, polls the Worker every two seconds, and shows its responses.
import { Cards } from "./cards.js";
import { Details } from "./details.js";
import { byId, setText } from "./dom.js";
import { duration, number } from "./format.js";
import { Poller } from "./poll.js";

const KEY = "messenger-send.key";
const TICK_MS = 1_000;
const TITLE = document.title;
/** The characters allowed in a header; `fetch` throws for others. */
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;

const now = () => Date.now() + state.offset;
const state = { offset: 0, pages: undefined, answeredAt: undefined, problem: undefined };
const cards = new Cards(now);
const details = new Details(now);
let poller;
let held = false;
let ticking;

setText(byId("host"), location.host);
byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  const key = byId("key").value.trim();
  if (!PRINTABLE_ASCII.test(key)) {
    refuse("A key holds letters, digits and signs of ASCII only, and no spaces.");
    return;
  }
  sessionStorage.setItem(KEY, key);
  signIn(key);
});
byId("sign-out").addEventListener("click", () => signOut(""));
byId("retry").addEventListener("click", () => poller?.start());
byId("hold").addEventListener("click", () => hold(!held));
document.addEventListener("visibilitychange", run);
addEventListener("hashchange", () => {
  select();
  if (!isInView(byId("scope"))) {
    byId("details").scrollIntoView();
  }
  byId("details").focus({ preventScroll: true });
});
// The hash selects the shown Page, so this link must not change it.
document.querySelector("[data-skip]").addEventListener("click", (event) => {
  event.preventDefault();
  byId("details").focus();
});

const kept = sessionStorage.getItem(KEY);
if (kept === null) {
  show({ signedIn: false });
  byId("key").focus();
} else {
  signIn(kept);
}

function signIn(key) {
  byId("key").value = "";
  setText(byId("sign-in-problem"), "");
  connection("waiting", "Connecting");
  hold(false);
  poller = new Poller(key, {
    pages: (pages, offset) => {
      const before = state.pages;
      Object.assign(state, { pages, offset, answeredAt: Date.now() });
      solved();
      show({ signedIn: true });
      tellOfPauses(before, pages);
      cards.show(pages, selected());
      details.show(pages, selected());
      tick();
    },
    problem: (problem) => {
      if (state.problem?.title !== problem.title) {
        announce(problem.title);
      }
      state.problem = problem;
      show({ signedIn: true });
      tick();
    },
    refused: ({ title, detail }) => signOut([title, detail].filter(Boolean).join(". ")),
  });
  show({ signedIn: true });
  run();
}

/** @param {string} why shown at the field, if the Worker refused the key */
function signOut(why) {
  poller?.stop();
  poller = undefined;
  clearInterval(ticking);
  sessionStorage.removeItem(KEY);
  Object.assign(state, { pages: undefined, answeredAt: undefined, problem: undefined });
  cards.show([], undefined);
  details.show([], undefined);
  show({ signedIn: false });
  refuse(why);
}

function refuse(why) {
  setText(byId("sign-in-problem"), why);
  byId("key").setAttribute("aria-invalid", String(why !== ""));
  byId("key").focus();
}

/** Polls while the page is visible and not stopped. */
function run() {
  clearInterval(ticking);
  if (poller === undefined) {
    return;
  }
  if (document.hidden || held) {
    poller.stop();
    return;
  }
  poller.start();
  ticking = setInterval(tick, TICK_MS);
}

function hold(next) {
  held = next;
  byId("hold").setAttribute("aria-pressed", String(held));
  if (held) {
    state.problem = undefined;
    connection("held", "Stopped");
  } else {
    connection("waiting", "Connecting");
  }
  show({ signedIn: poller !== undefined });
  run();
}

function solved() {
  if (state.problem !== undefined) {
    announce("The Worker answers again.");
  }
  state.problem = undefined;
}

/** Updates what changes with time: the age of the numbers, and the countdowns. */
function tick() {
  const { problem, answeredAt } = state;
  byId("notice").hidden = problem === undefined;
  if (problem === undefined) {
    connection("live", "Live");
  } else {
    connection(
      "lost",
      answeredAt === undefined
        ? "No answer yet"
        : `Last answer ${duration(Date.now() - answeredAt)} ago`,
    );
    setText(byId("notice-title"), problem.title);
    setText(byId("notice-detail"), problem.detail ?? "");
    const left = problem.retryAt - Date.now();
    setText(
      byId("notice-retry"),
      left > 0 ? `Asking again in ${duration(left)}.` : "Asking again.",
    );
    byId("retry").hidden = !problem.early;
  }
  if (state.pages !== undefined) {
    cards.tick();
    details.tick();
  }
}

function connection(name, words) {
  byId("connection").dataset.state = name;
  setText(byId("connection-text"), words);
}

function show({ signedIn }) {
  byId("sign-in").hidden = signedIn;
  byId("session").hidden = !signedIn;
  byId("queue").hidden = !signedIn || state.pages === undefined;
  if (!signedIn || state.problem === undefined) {
    byId("notice").hidden = true;
  }
  const waiting = state.pages?.reduce((sum, { backlog }) => sum + backlog, 0) ?? 0;
  document.title = waiting > 0 ? `(${number(waiting)}) ${TITLE}` : TITLE;
}

/** Announces Pages that were paused or resumed since the last response to screen readers. */
function tellOfPauses(before = [], after) {
  const paused = new Set(before.filter(({ pause }) => pause !== null).map(({ id }) => id));
  const changed = after.filter(({ id, pause }) => paused.has(id) !== (pause !== null));
  if (changed.length === 1) {
    const [{ id, pause }] = changed;
    announce(pause === null ? `Page ${id} sends again.` : `Page ${id} is paused.`);
  } else if (changed.length > 1) {
    const left = after.filter(({ pause }) => pause !== null).length;
    announce(`${number(left)} of ${number(after.length)} Pages are paused.`);
  }
}

function announce(words) {
  byId("announce").textContent = words;
}

function select() {
  if (state.pages !== undefined) {
    cards.select(selected());
    details.show(state.pages, selected());
  }
}

/** The Page id in the URL; undefined for all Pages. */
function selected() {
  const { groups } = /^#page=(?<id>.+)$/.exec(location.hash) ?? {};
  try {
    return groups === undefined ? undefined : decodeURIComponent(groups.id);
  } catch {
    return undefined;
  }
}

function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

// What the page is about: one request, exactly as it will be posted, the platform it is meant for, and, while it is typed as JSON,
// that text. Every view is drawn from it, every control writes to it by JSON pointer, and every change can be undone.
import * as pointers from "./pointer.js";

// Changes of one place within this time are one step of undoing.
const ONE_STEP_MS = 1000;
const MOST_STEPS = 200;

// state: { platform, request, source?, broken? }. source: the text that the request was read from. broken: the text is no JSON, and
// the request is the last one that could be read.
export function createStore(initial, { now = () => performance.now() } = {}) {
  let state = initial;
  let past = [];
  let future = [];
  let last = { place: undefined, at: -Infinity };
  const listeners = new Set();

  // whole: another message has taken the place of the last one.
  function tell(whole) {
    for (const listener of listeners) listener(state, { whole });
  }

  // `place` tells whether this goes on with the last change.
  function change(patch, place, whole = false) {
    const next = { ...state, ...patch };
    if (Object.keys(next).every((name) => next[name] === state[name])) return;
    const goesOn = place !== undefined && place === last.place && now() - last.at < ONE_STEP_MS;
    last = { place, at: now() };
    if (!goesOn) past = [...past.slice(1 - MOST_STEPS), state];
    future = [];
    state = next;
    tell(whole);
  }

  function step(from, to) {
    if (from.length === 0) return;
    to.push(state);
    state = from.pop();
    last = { place: undefined, at: -Infinity };
    tell(false);
  }

  return {
    get state() {
      return state;
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    // Another message, or the same one as a text that is being typed.
    replace(request, { source, platform = state.platform, place } = {}) {
      change({ request, source, broken: undefined, platform }, place, place === undefined);
    },
    // A text that is no JSON yet: the last request that could be read stays.
    type: (source) => change({ source, broken: true }, "source"),
    // What the page begins with: there is nothing before it.
    begin({ platform, request, source, broken }) {
      state = { platform, request, source, broken };
      past = [];
      future = [];
      tell(false);
    },
    // A state of before, as a whole.
    restore: ({ platform, request, source, broken }) =>
      change({ platform, request, source, broken }),
    setPlatform: (platform) => change({ platform }),
    read: (pointer) => pointers.get(state.request, pointer),
    write(pointer, value) {
      const request =
        value === undefined
          ? pointers.remove(state.request, pointer)
          : pointers.set(state.request, pointer, value);
      if (request !== state.request)
        change({ request, source: undefined, broken: undefined }, pointer);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

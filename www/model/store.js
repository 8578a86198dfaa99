// What the page is about: one request, exactly as it will be posted, and the platform it is meant for.
// Every view is drawn from it, and every control writes to it by JSON pointer.
import * as pointers from "./pointer.js";

export function createStore(initial) {
  let state = initial;
  const listeners = new Set();

  function replace(next) {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(state);
  }

  return {
    get state() {
      return state;
    },
    update(patch) {
      replace({ ...state, ...patch });
    },
    read(pointer) {
      return pointers.get(state.request, pointer);
    },
    write(pointer, value) {
      const request =
        value === undefined ? pointers.remove(state.request, pointer) : pointers.set(state.request, pointer, value);
      if (request !== state.request) replace({ ...state, request });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

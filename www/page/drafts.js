// Nothing is lost: the message is kept in this browser and in the address while it is edited. Reloading, Back and another visit bring
// it again. A token is never kept.

import { hasSecret, withoutSecret } from "../model/secrets.js";
import { fromFragment, toFragment } from "../model/share.js";
import { isObject } from "../model/values.js";
import { readJson } from "../paste/numbers.js";

const KEY = "messenger-send.draft";
const SAVE_AFTER_MS = 300;
// Longer addresses are cut by chats and mail programs; the browser keeps the message all the same.
const LONGEST_ADDRESS = 8000;
// A list of thousands would fill the storage, and then nothing would be kept.
const LONGEST_EXTRA = 500_000;
const TOKEN = /access_token|\bEAA[A-Za-z0-9]{6,}/;

/** What may be kept of a state. */
export function keepable({ platform, request, source, broken }) {
  const text =
    source !== undefined && !TOKEN.test(source) && !hasSecret(request) ? source : undefined;
  return {
    platform,
    request: withoutSecret(request),
    ...(text !== undefined && { source: text, broken }),
  };
}

function stateOf(value) {
  if (!isObject(value) || value.request === undefined) return undefined;
  const platform = value.platform === "instagram" ? "instagram" : "messenger";
  const source = typeof value.source === "string" ? value.source : undefined;
  // What is shown is what is sent: the text has the last word, whatever a link says that it means.
  const read = source === undefined ? undefined : readJson(source);
  return {
    platform,
    request: withoutSecret(read ?? value.request),
    source,
    broken: source !== undefined && read === undefined ? true : undefined,
  };
}

/** extras: { [name]: { get(), set(value) } }, what else of the page is kept, as texts. */
export function createDrafts({ store, notice, extras = {} }) {
  // Of all tabs the last, and of this tab alone.
  const storages = [storageOrNone("localStorage"), storageOrNone("sessionStorage")];
  let timer;
  let turn = 0;
  let last = store.state;

  store.subscribe((state, { whole }) => {
    // Another message is another entry of the history, so that Back brings the one before.
    if (whole && state.request !== last.request) {
      remember(keepable(last));
      history.pushState(keepable(state), "", location.pathname + location.search);
    }
    last = state;
    later();
  });

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  }

  async function save() {
    clearTimeout(timer);
    timer = undefined;
    const kept = keepable(store.state);
    keep(kept);
    turn += 1;
    const mine = turn;
    const fragment = await toFragment(kept);
    if (mine !== turn || timer !== undefined) return;
    remember(kept, fragment.length > LONGEST_ADDRESS ? "" : fragment);
  }

  function keep(kept) {
    const more = Object.fromEntries(
      Object.entries(extras)
        .map(([name, { get }]) => [name, get()])
        .filter(([, value]) => (value ?? "").length <= LONGEST_EXTRA && !TOKEN.test(value ?? "")),
    );
    for (const storage of storages) {
      try {
        storage?.setItem(KEY, JSON.stringify({ ...kept, ...more }));
      } catch {
        // Full, or forbidden: the address still has it.
      }
    }
  }

  function remember(kept, fragment) {
    try {
      history.replaceState(kept, "", fragment === undefined ? location.href : `#${fragment}`);
    } catch {
      // Too large for the history, or too often: the storage has it.
    }
  }

  // Whoever leaves within the pause has saved as well.
  addEventListener("pagehide", () => {
    if (timer === undefined) return;
    const kept = keepable(store.state);
    keep(kept);
    remember(kept);
  });
  addEventListener("popstate", (event) => {
    const state = stateOf(event.state);
    if (!state) return;
    clearTimeout(timer);
    timer = undefined;
    store.restore(state);
    clearTimeout(timer);
    timer = undefined;
    keep(keepable(state));
  });
  addEventListener("hashchange", () => {
    if (!stateOf(history.state)) openLink();
  });

  async function openLink(use = store.restore) {
    try {
      const shared = await fromFragment(location.hash);
      if (!shared) return false;
      use(stateOf(shared));
      notice.say("The message is the one of the link.");
      return true;
    } catch {
      notice.say("The link is broken: the message in it cannot be read.", { keep: true });
      return true;
    }
  }

  /** Brings back what was there: this entry's message, or the link's, or the last draft of this browser. */
  async function open() {
    const [draft, ofTab] = storages.map(read);
    for (const [name, { set }] of Object.entries(extras))
      if (typeof draft?.[name] === "string") set(draft[name]);
    // What the browser is told of an entry while the page goes away comes too late for a reload; the tab's own storage does not.
    const isReload = performance.getEntriesByType("navigation")[0]?.type === "reload";
    const own = (isReload && stateOf(ofTab)) || stateOf(history.state);
    if (own) store.begin(own);
    else if (!(await openLink(store.begin)) && stateOf(draft)) store.begin(stateOf(draft));
  }

  function read(storage) {
    try {
      const value = JSON.parse(storage?.getItem(KEY) ?? "null");
      return isObject(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  return { open, save, later };
}

function storageOrNone(name) {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
}

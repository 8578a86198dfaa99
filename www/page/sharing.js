// The link that holds the message. It is in the fragment, which no browser sends to a server.
import { toFragment } from "../model/share.js";
import { copy } from "./copy.js";
import { keepable } from "./drafts.js";

export function createSharing({ button, store, notice }) {
  button.addEventListener("click", async () => {
    const kept = keepable(store.state);
    const address = new URL(`#${await toFragment(kept)}`, location.href).href;
    history.replaceState(kept, "", address);
    const copied = await copy(address);
    const what = store.state.broken
      ? "A link to this text, as broken as it is,"
      : "A link to this message";
    notice.say(copied ? `${what} is copied.` : `${what} is in the address bar.`);
  });
}

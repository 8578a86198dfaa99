// Links that hold the message. It is in the fragment, which no browser sends to a server.
import { fromFragment, toFragment } from "../model/share.js";
import { withoutSecret } from "../model/secrets.js";
import { copy } from "./copy.js";

export function createSharing({ button, store, notice }) {
  button.addEventListener("click", async () => {
    const { platform, request } = store.state;
    history.replaceState(null, "", `#${await toFragment({ platform, request: withoutSecret(request) })}`);
    notice.say((await copy(location.href)) ? "A link to this message is copied." : "The link to this message is in the address bar.");
  });

  async function open() {
    try {
      const shared = await fromFragment(location.hash);
      if (!shared) return;
      store.replace(withoutSecret(shared.request), { platform: shared.platform });
      notice.say("The message is the one of the link.");
    } catch {
      notice.say("The link is broken: the message in it cannot be read.");
    }
  }
  addEventListener("hashchange", open);

  return { open };
}

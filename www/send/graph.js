// Where the page may send to, which the server of this page tells: the local stand-in for the Graph API, and a Page if the server has
// its token. Of that one the page never learns more than a word to put in the token's place.
import { textIn } from "../model/values.js";

const PLACEHOLDER = "the-server-has-it";

/** The targets: { id, name, note, real, options }[]; options are those of `send`. */
export async function loadTargets() {
  const response = await fetch(new URL("config.json", document.baseURI), { cache: "no-store" });
  if (!response.ok) throw new Error(`config.json answered ${response.status}`);
  // A parser's error may quote what it could not read, and there is a token in it.
  const config = await response.json().catch(() => undefined);
  if (typeof config?.graph !== "string" || typeof config.token !== "string")
    throw new Error("config.json names no graph and token");
  return [local(config), config.live && live(config.live)].filter(Boolean);
}

function local({ graph, token }) {
  return {
    id: "local",
    name: "Local Graph",
    note: "A stand-in for graph.facebook.com on this machine answers: nobody gets a message.",
    real: false,
    options: { baseUrl: graph, accessToken: token },
  };
}

function live({ graph, page }) {
  return {
    id: "live",
    name: `Page ${textIn(page)}`,
    note: `Real people get real messages of Page ${textIn(page)}: the server of this page adds its token.`,
    real: true,
    options: {
      baseUrl: new URL(graph, location.href).href,
      accessToken: PLACEHOLDER,
      pageId: textIn(page),
    },
  };
}

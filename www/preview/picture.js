// Stands in for a picture and says which it is. The picture itself is loaded only when somebody asks for it, see pictures.js.
import { textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { at } from "./bubble.js";

export function picture({ url, attachment_id: id }, kind = "Image", pointer) {
  const [name, host] = namesOf(textIn(url), textIn(id), kind);
  return at(
    pointer,
    h(
      "div",
      {
        class: "picture",
        role: "img",
        "aria-label": `${kind}: ${name}${host ? ` from ${host}` : ""}`,
        "data-src": kind === "Image" ? textIn(url) : undefined,
      },
      h("span", { class: "picture-name", dir: "auto" }, name),
      host && h("span", { class: "picture-host", dir: "auto" }, host),
    ),
  );
}

/** The file's name and the host of an address, or what is known of a saved attachment. */
export function namesOf(url, id, kind) {
  if (url === "" && id !== "") return [`Saved ${kind.toLowerCase()}`, id];
  try {
    const { hostname, pathname } = new URL(url.trim());
    const last = pathname.split("/").filter(Boolean).at(-1);
    return [
      last === undefined ? hostname : decoded(last),
      last === undefined ? undefined : hostname,
    ];
  } catch {
    return [url === "" ? `No ${kind.toLowerCase()} yet` : url, undefined];
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

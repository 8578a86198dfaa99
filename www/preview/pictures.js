// Loads the pictures of the preview, once somebody has asked for it: each tells its host that this page was looked at.
import { h } from "../page/dom.js";

export function createPictures() {
  // A preview is drawn anew at every change; a picture that is there already is moved into it.
  const loaded = new Map();

  return function fill(root) {
    for (const frame of root.querySelectorAll("[data-src]")) {
      const address = addressOf(frame.dataset.src);
      if (address === undefined) continue;
      const image = loaded.get(address)?.parentElement?.isConnected
        ? make(address)
        : (loaded.get(address) ?? make(address));
      loaded.set(address, image);
      frame.append(image);
    }
  };
}

function make(address) {
  const image = h("img", {
    alt: "",
    loading: "lazy",
    referrerpolicy: "no-referrer",
    crossorigin: false,
  });
  image.addEventListener("error", () => image.remove());
  image.src = address;
  return image;
}

// Only what the policy of the page lets through.
function addressOf(text) {
  try {
    const url = new URL(text.trim());
    return url.protocol === "https:" ? url.href : undefined;
  } catch {
    return undefined;
  }
}

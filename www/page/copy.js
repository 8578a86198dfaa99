// A button that copies a text, and says whether it could.
import { h } from "./dom.js";

const SAID_FOR_MS = 1500;

export function createCopyButton({ text, what, announce, label = "Copy" }) {
  const button = h("button", { type: "button", class: "quiet" }, label);
  let timer;
  button.addEventListener("click", async () => {
    const done = await copy(await text());
    clearTimeout(timer);
    button.textContent = done ? "Copied" : "Could not copy";
    announce(
      done
        ? `${what} is copied.`
        : "The browser does not allow copying here: select the text and copy it by hand.",
    );
    timer = setTimeout(() => {
      button.textContent = label;
    }, SAID_FOR_MS);
  });
  return button;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

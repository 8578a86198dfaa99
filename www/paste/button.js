// The Paste button: it reads the clipboard where the browser lets it, and opens a field where it does not.
import { ask } from "../page/dialog.js";
import { h, uid } from "../page/dom.js";

export function createPasteButton({ button, takeOrSay }) {
  button.addEventListener("click", async () => {
    const text = await clipboard();
    if (text.trim() !== "") takeOrSay(text);
    else openField();
  });

  async function openField() {
    const area = h("textarea", {
      id: uid("paste"),
      rows: "10",
      class: "paste-text",
      dir: "ltr",
      spellcheck: "false",
      autocomplete: "off",
    });
    const answer = await ask({
      title: "Paste a message",
      body: [
        h(
          "label",
          { for: area.id },
          "A request, a curl command, code, a template, a webhook event, a table",
        ),
        area,
        h("p", { class: "hint" }, "Nothing leaves this page. An access token is left out."),
      ],
      buttons: [{ value: "take", label: "Take it over", kind: "primary" }],
    });
    if (answer === "take" && area.value.trim() !== "") takeOrSay(area.value);
  }
}

async function clipboard() {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return "";
  }
}

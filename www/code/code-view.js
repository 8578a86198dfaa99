// The message as code to take home, in the language that is chosen.
import { createCopyButton } from "../page/copy.js";
import { h } from "../page/dom.js";
import { createSegments } from "../page/segments.js";
import { OUTPUTS } from "./outputs.js";

export function createCodeView({ root, store, checker, announce }) {
  const code = h("code", { dir: "ltr" });
  let output = OUTPUTS[0];
  const print = () => output.print(store.state, checker.api);
  const stale = h(
    "p",
    { class: "stale", hidden: true },
    "The JSON is broken: this is the last message that could be read.",
  );
  const choose = createSegments({
    name: "code",
    label: "Language",
    options: OUTPUTS.map(({ id, name }) => ({ value: id, name })),
    onChoose(id) {
      output = OUTPUTS.find((one) => one.id === id);
      show();
    },
  });
  choose.sync(output.id);
  root.append(
    stale,
    h(
      "p",
      { class: "hint" },
      "The access token is left out: it stays in the environment of whoever runs the code.",
    ),
    h(
      "div",
      { class: "tools" },
      choose.element,
      createCopyButton({ text: print, what: "The code", announce }),
    ),
    h(
      "pre",
      { class: "code", tabindex: "0", role: "region", "aria-label": "The message as code" },
      code,
    ),
  );

  function show() {
    // Drawn only when it can be seen.
    if (root.hidden) return;
    stale.hidden = !store.state.broken;
    code.textContent = print();
  }

  return { show };
}

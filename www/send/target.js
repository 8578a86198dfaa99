// The choice of where to send to, where there is one.
import { h } from "../page/dom.js";
import { createSegments } from "../page/segments.js";
import { loadTargets } from "./graph.js";

const NO_TARGET = "This page was served without a Graph. Start both with “npm start”; composing and checking work all the same.";

/** Gives { element, load() }: load resolves to the chosen target, or throws an Error that says why there is none. */
export function createTarget({ name }) {
  const note = h("p", { class: "hint" }, "The message goes where the server of this page says.");
  const choice = h("div", { class: "target-choice", hidden: true });
  let loading;
  let chosen;

  function choose(target, segments) {
    chosen = target;
    note.textContent = target.note;
    note.classList.toggle("real", target.real);
    segments?.sync(target.id);
  }

  function load() {
    loading ??= loadTargets().then(
      (targets) => {
        const segments = createSegments({
          name,
          label: "Send to",
          options: targets.map(({ id, name: text }) => ({ value: id, name: text })),
          onChoose: (id) =>
            choose(
              targets.find((one) => one.id === id),
              segments,
            ),
        });
        choice.replaceChildren(segments.element);
        choice.hidden = targets.length < 2;
        choose(targets[0], segments);
      },
      (error) => {
        loading = undefined;
        throw new Error(NO_TARGET, { cause: error });
      },
    );
    return loading.then(() => chosen);
  }

  return { element: h("div", { class: "target" }, choice, note), load };
}

// Where messages go, for one and for many: the choice where there is one, and what the stand-in is to do wrong.
import { h, uid } from "../page/dom.js";
import { createSegments } from "../page/segments.js";
import { FAILURES, script } from "./failures.js";
import { loadTargets } from "./graph.js";

const NO_TARGET =
  "This page was served without a Graph. Start both with “npm start”; composing and checking work all the same.";

/** Gives { load(), prepare(target) }: load resolves to the chosen target, or throws an Error that says why there is none. */
export function createTarget({ root, name }) {
  const note = h("p", { class: "hint" }, "The message goes where the server of this page says.");
  const choice = h("div", { class: "target-choice", hidden: true });
  const id = uid("failure");
  const select = h(
    "select",
    { id },
    FAILURES.map((one) => h("option", { value: one.id }, one.name)),
  );
  const failures = h(
    "div",
    { class: "failures", hidden: true },
    h("label", { for: id }, "The stand-in shall"),
    select,
  );
  root.append(h("div", { class: "target" }, choice, note, failures));
  let loading;
  let chosen;

  const failure = () => FAILURES.find((one) => one.id === select.value);

  function choose(target, segments) {
    chosen = target;
    note.textContent = [target.note, target.real ? "" : failure().says].filter(Boolean).join(" ");
    note.classList.toggle("real", target.real);
    failures.hidden = target.real;
    segments?.sync(target.id);
  }
  select.addEventListener("change", () => chosen && choose(chosen));

  function load() {
    loading ??= loadTargets().then(
      (targets) => {
        const segments = createSegments({
          name,
          label: "Send to",
          options: targets.map(({ id: value, name: text }) => ({ value, name: text })),
          onChoose: (value) =>
            choose(
              targets.find((one) => one.id === value),
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
  // Whether there is a choice is seen before the first message.
  load().catch(() => {
    note.textContent = NO_TARGET;
  });

  return {
    load,
    /** The options of the next send, after the stand-in has been told what it shall do. */
    async prepare(target) {
      if (target.real) return target.options;
      await script(target.options.baseUrl, failure());
      return { ...target.options, ...failure().options };
    },
  };
}

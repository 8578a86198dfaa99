// A line that says what has just happened. It goes when the message that it is about changes, or when `until` holds of the new state.

/** Gives say(text, { until, keep, action }): keep leaves it until the next notice; action: { label, run }, a button beside the text. */
export function createNotice({ root, store, announce, h }) {
  let over = () => false;

  function hide() {
    root.hidden = true;
    root.replaceChildren();
  }

  function say(text, { until, keep = false, action } = {}) {
    const about = store.state;
    over =
      until ??
      (keep
        ? () => false
        : (state) => state.request !== about.request || state.source !== about.source);
    root.replaceChildren(
      h("span", null, text),
      ...(action
        ? [
            h(
              "button",
              {
                type: "button",
                class: "plain",
                onclick() {
                  hide();
                  action.run();
                },
              },
              action.label,
            ),
          ]
        : []),
      h(
        "button",
        { type: "button", class: "icon small", title: "Close", onclick: hide },
        h("span", { "aria-hidden": "true" }, "×"),
        h("span", { class: "visually-hidden" }, "Close the notice"),
      ),
    );
    root.hidden = false;
    announce(text);
  }

  store.subscribe((state) => {
    if (!root.hidden && over(state)) hide();
  });

  return { say, hide };
}

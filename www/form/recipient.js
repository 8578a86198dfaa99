// Who gets the message: which kind of address, and the address.
import { h, uid } from "../view/dom.js";
import { createField } from "./field.js";
import { createPlace } from "./place.js";

const POINTER = "/recipient";

export function createRecipient({ store }) {
  const kindId = uid("recipient");
  const kind = () => Object.keys(store.read(POINTER) ?? {})[0] ?? "id";
  const select = h("select", { id: kindId });
  select.addEventListener("change", () => {
    store.write(POINTER, { [select.value]: store.read(`${POINTER}/${kind()}`) ?? "" });
  });

  const value = createField({
    store,
    pointer: () => `${POINTER}/${kind()}`,
    label: "Recipient",
    attributes: { spellcheck: "false", autocapitalize: "off" },
    keepEmpty: () => true,
  });
  const group = h(
    "div",
    { class: "recipient", role: "group", "aria-label": "Recipient" },
    h("div", { class: "field" }, h("div", { class: "label-line" }, h("label", { for: kindId }, "Addressed by")), select),
    value.element,
  );
  const place = createPlace({ pointer: () => POINTER, controls: [group], focus: () => select.focus() });

  let offered = "";
  return {
    element: h("div", { class: "stack" }, group, place.list),
    places: () => [place, ...value.places()],
    sync(state) {
      const names = [...new Set([...state.choices.recipient, kind()])];
      if (names.join() !== offered) {
        offered = names.join();
        select.replaceChildren(...names.map((name) => h("option", { value: name }, name)));
      }
      select.value = kind();
      value.sync(state);
    },
  };
}

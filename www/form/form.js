// The form of a request, generated from the package's JSON Schema: a member that the schema learns needs no code here.
import { h } from "../page/dom.js";
import { createObject } from "./object.js";
import { createPlace } from "./place.js";

export function createForm({ root, store, announce }) {
  const waiting = h("p", { class: "hint" }, "The form comes with the package…");
  root.replaceChildren(waiting);
  // Enter in a field must not load the page anew.
  root.addEventListener("submit", (event) => event.preventDefault());
  let form;
  let object;
  let whole;

  return {
    // The schema arrives after the page stands; the limits after the package can be called.
    setSchema(schema) {
      form = { store, schema, announce, limits: undefined };
      object = createObject(form, { pointer: () => "", key: "" });
      whole = createPlace({ pointer: () => "", controls: [root], focus: () => object.focus() });
      root.replaceChildren(whole.list, object.element);
    },
    setLimits(limits) {
      form.limits = limits;
    },
    get ready() {
      return form !== undefined;
    },
    places: () => (form ? [whole, ...object.places()] : []),
    // asked: the pointers that there are issues about. The stamp says when something changed that is no member's own value.
    sync(state, asked) {
      if (form) object.sync(state.request, form.schema.root, { ...state, asked: new Set(asked), stamp: [state.platform, ...asked].join("\n") });
    },
  };
}

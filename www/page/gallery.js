// The gallery: ready messages, a click away. Undo brings back what was there before.
import { GALLERY } from "../examples/examples.js";
import { h } from "./dom.js";

export function createGallery({ root, store, announce }) {
  const use = ({ name, request, platform }) => {
    store.replace(request, { platform });
    announce(`The example “${name}” is there.`);
  };
  root.append(
    ...GALLERY.map((group) =>
      h(
        "section",
        { class: "gallery-group" },
        h("h3", null, group.name),
        h(
          "ul",
          null,
          group.examples.map((example) =>
            h("li", null, h("button", { type: "button", class: "example", "data-example": example.id, onclick: () => use(example) }, example.name)),
          ),
        ),
      ),
    ),
  );
}

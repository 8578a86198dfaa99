// The controls for single values. Each is made of { id, shape, write } and offers { element, control, sync(value, shape) }; what a
// person types is written at once, and what is written elsewhere appears without touching what is being typed.
import { offered } from "../model/schema.js";
import { h, uid } from "../page/dom.js";

// From here on a text has room for more than one line.
const LONG = 300;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

const PLAIN = { autocomplete: "off", autocapitalize: "off", spellcheck: "false" };

export const CONTROLS = { text, longText, number, choice, openChoice, boolean, raw };

/** Which control fits a shape and the value that stands there; undefined for objects and lists. A value of another type is shown raw. */
export function controlFor(shape, value) {
  const types = [shape.type].flat();
  switch (shape.kind) {
    case "text":
      if (
        value !== undefined &&
        typeof value !== "string" &&
        !(typeof value === "number" && types.includes("number"))
      )
        return "raw";
      return shape.maxLength > LONG || /\n/.test(value ?? "") ? "longText" : "text";
    case "number":
      return value === undefined || typeof value === "number" || typeof value === "string"
        ? "number"
        : "raw";
    case "choice":
      if (value !== undefined && typeof value === "object") return "raw";
      // Values that are only examples are not all there are, unless a pattern says so.
      return shape.examples === undefined || shape.pattern !== undefined ? "choice" : "openChoice";
    case "boolean":
      return value === undefined || typeof value === "boolean" ? "boolean" : "raw";
    case "object":
      return value === undefined ||
        (value !== null && typeof value === "object" && !Array.isArray(value))
        ? undefined
        : "raw";
    case "array":
      return value === undefined || Array.isArray(value) ? undefined : "raw";
    default:
      return "raw";
  }
}

function text({ id, shape, write }) {
  const machine = shape.pattern !== undefined || shape.maxLength === undefined;
  return typed(
    h("input", { id, type: "text", dir: "auto", autocomplete: "off", ...(machine ? PLAIN : {}) }),
    write,
  );
}

function longText({ id, write }) {
  return typed(h("textarea", { id, rows: "2", dir: "auto", autocomplete: "off" }), write);
}

function typed(control, write) {
  let isNumber = false;
  control.addEventListener("input", () => {
    // What was a number stays one while it reads like one.
    write(
      isNumber && NUMBER.test(control.value) && String(Number(control.value)) === control.value
        ? Number(control.value)
        : control.value,
    );
  });
  return {
    element: control,
    control,
    sync(value) {
      isNumber = typeof value === "number";
      show(control, value === undefined ? "" : String(value));
    },
  };
}

function number({ id, write }) {
  const control = h("input", { id, type: "text", inputmode: "decimal", ...PLAIN });
  // What reads like no number is written as it is, for the package to say so.
  control.addEventListener("input", () =>
    write(NUMBER.test(control.value) ? Number(control.value) : control.value),
  );
  return {
    element: control,
    control,
    sync(value) {
      // "1.0" is on its way to "1.05": no reason to make it "1".
      if (
        document.activeElement === control &&
        typeof value === "number" &&
        Number(control.value) === value
      )
        return;
      show(control, value === undefined ? "" : String(value));
    },
  };
}

function choice({ id, write }) {
  const control = h("select", { id });
  let values = [];
  let drawn = "";
  control.addEventListener("change", () => write(values[control.selectedIndex]));
  return {
    element: control,
    control,
    sync(value, shape) {
      const known = offered(shape);
      values = known.includes(value) ? known : [...known, value];
      const next = JSON.stringify(values);
      if (next !== drawn)
        control.replaceChildren(
          ...values.map((one) =>
            h(
              "option",
              null,
              one === undefined
                ? "(none)"
                : known.includes(one)
                  ? String(one)
                  : `${one} (not in the list)`,
            ),
          ),
        );
      drawn = next;
      control.selectedIndex = values.indexOf(value);
    },
  };
}

// Other values than those that are known are right too: they can be typed.
function openChoice({ id, shape, write }) {
  const list = h(
    "datalist",
    { id: uid("values") },
    offered(shape).map((value) => h("option", { value })),
  );
  const control = typed(h("input", { id, type: "text", list: list.id, ...PLAIN }), write);
  return { ...control, element: h("div", { class: "open-choice" }, control.control, list) };
}

function boolean({ id, write }) {
  const control = h("input", { id, type: "checkbox", onchange: () => write(control.checked) });
  return {
    element: control,
    control,
    sync(value) {
      control.checked = value === true;
    },
  };
}

// Any value at all, as JSON.
function raw({ id, write }) {
  const control = h("textarea", { id, rows: "1", class: "raw", dir: "ltr", ...PLAIN });
  const note = h(
    "p",
    { class: "hint", hidden: true },
    "This is no JSON yet, so it is not in the message.",
  );
  let written;
  control.addEventListener("input", () => {
    try {
      written = JSON.parse(control.value);
      note.hidden = true;
    } catch {
      note.hidden = false;
      return;
    }
    write(written);
  });
  return {
    element: h("div", { class: "stack" }, control, note),
    control,
    sync(value) {
      const text = value === undefined ? "" : JSON.stringify(value);
      if (document.activeElement === control && (!note.hidden || JSON.stringify(written) === text))
        return;
      note.hidden = true;
      show(control, text);
    },
  };
}

// A text area turns every line break into \n; that alone is no reason to touch what is being typed in.
function show(control, value) {
  if (control.value !== value.replaceAll("\r\n", "\n")) control.value = value;
}

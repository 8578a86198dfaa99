// What the editor knows of the schema: what may stand at a place, for completion, and what a member is, for whoever points at it.
import { humanName } from "../model/names.js";
import { get, parse } from "../model/pointer.js";
import { offered } from "../model/schema.js";
import { isObject } from "../model/values.js";
import { h, link, prose } from "../page/dom.js";
import { readLenient } from "../paste/lenient.js";
import { placeOf, pointerAt, pointerOf, scan } from "./places.js";

// Larger texts are edited without help: reading them at each keystroke would be felt.
const MOST_HELPED = 200_000;

/** The schema of what stands at a pointer, following the values on the way; undefined where the schema says nothing of it. */
export function nodeAt(schema, value, pointer) {
  let node = schema.root;
  let at = value;
  for (const part of parse(pointer)) {
    const shape = schema.shapeOf(node, at);
    node = Array.isArray(at) || shape.kind === "array" ? shape.items : shape.properties[part];
    if (node === undefined) return undefined;
    at = at !== null && typeof at === "object" && Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return node;
}

/** known: () => ({ schema, request, limitAt(pointer) }), or undefined while the schema is not there. */
export function createHelp(known) {
  function complete({ state, pos, explicit }) {
    const { schema, request } = known() ?? {};
    const text = state.doc.toString();
    if (!schema || text.length > MOST_HELPED) return null;
    const { open, piece } = scan(text, pos);
    const inside = open.at(-1);
    if (!inside || (!piece && !explicit)) return null;
    const token = piece && piece.kind !== "mark" ? piece : { from: pos, to: pos };
    const value = valueSoFar(text, token.from, open, request);
    const isName = !inside.list && (piece?.kind === "name" || inside.name === undefined);
    const place = { from: token.from, validFor: /^"?[\w-]*$/ };
    return isName
      ? { ...place, options: names(schema, value, open, text, token) }
      : values(schema, value, open, place);
  }

  function names(schema, value, open, text, token) {
    const pointer = pointerOf(open.slice(0, -1));
    const node = nodeAt(schema, value, pointer);
    if (!node) return [];
    const own = get(value, pointer);
    const { properties, forbidden } = schema.shapeOf(node, own);
    const written = new Set(open.at(-1).names.filter((name) => name !== open.at(-1).name));
    const hasColon = /^\s*:/.test(text.slice(token.to));
    return Object.entries(properties)
      .filter(
        ([name, one]) =>
          !written.has(name) &&
          !forbidden.has(name) &&
          name !== "access_token" &&
          !schema.resolve(one).deprecated,
      )
      .map(([name, one]) => ({
        label: JSON.stringify(name),
        detail: schema.shapeOf(one).kind,
        info: () => described(schema, one, name),
        apply: (view, _completion, from, to) => {
          const end = tokenEnd(view.state, to);
          const blank = hasColon ? "" : JSON.stringify(schema.blankRequired(one));
          const insert = hasColon ? JSON.stringify(name) : `${JSON.stringify(name)}: ${blank}`;
          // The cursor goes where the first thing is to be typed.
          const into = hasColon
            ? insert.length
            : insert.length -
              blank.length +
              Math.max(0, blank.search(/""|\{\}|\[\]/)) +
              (/""|\{\}|\[\]/.test(blank) ? 1 : 0);
          view.dispatch({
            changes: { from, to: end, insert },
            selection: { anchor: from + into },
            userEvent: "input.complete",
          });
        },
      }));
  }

  function values(schema, value, open, place) {
    const node = nodeAt(schema, value, pointerOf(open));
    if (!node) return null;
    const shape = schema.shapeOf(node);
    const choices = shape.kind === "boolean" ? [true, false] : offered(shape);
    return choices.length === 0
      ? null
      : {
          ...place,
          options: choices.map((one) => ({ label: JSON.stringify(one), type: "enum", apply: put })),
        };
  }

  function described(schema, node, name, pointer) {
    const shape = schema.shapeOf(node);
    const limit = pointer === undefined ? undefined : known()?.limitAt?.(pointer, shape);
    return h(
      "div",
      { class: "cm-help" },
      h("p", null, h("b", null, humanName(name)), h("code", null, ` ${name}`)),
      shape.description && h("p", null, prose(shape.description)),
      limit && h("p", null, `Limit: ${limit.limit.toLocaleString("en")} ${limit.unit ?? ""}`),
      offered(shape).length > 0 &&
        shape.kind !== "boolean" &&
        h("p", null, offered(shape).join(", ")),
      shape.source && h("p", null, link(shape.source, "Source")),
    );
  }

  function help(text, offset) {
    const { schema, request } = known() ?? {};
    if (!schema || text.length > MOST_HELPED) return undefined;
    const { places } = scan(text);
    const pointer = pointerAt(places, offset);
    const node = pointer === "" ? undefined : nodeAt(schema, read(text) ?? request, pointer);
    if (!node) return undefined;
    const { from, to } = placeOf(places, pointer);
    const shown = Math.min(to, text.indexOf("\n", from) < 0 ? to : text.indexOf("\n", from));
    return offset > shown
      ? undefined
      : { from, to: shown, dom: described(schema, node, parse(pointer).at(-1), pointer) };
  }

  return { complete, help };
}

function put(view, { label }, from, to) {
  view.dispatch({
    changes: { from, to: tokenEnd(view.state, to), insert: label },
    selection: { anchor: from + label.length },
    userEvent: "input.complete",
  });
}

// What follows of the word at the cursor is replaced with it, and so is the quote that the editor has closed.
function tokenEnd(state, from) {
  const { text, to } = state.doc.lineAt(from);
  return from + /^[\w-]*"?/.exec(text.slice(text.length - (to - from)))[0].length;
}

// What the text says so far: all of it, or what stands before the cursor with its brackets closed, or the last that could be read.
function valueSoFar(text, from, open, last) {
  const whole = read(text);
  if (whole !== undefined) return whole;
  const before = text
    .slice(0, from)
    .replace(/[\s,]*$/, "")
    .replace(/"(?:[^"\\]|\\.)*"\s*:$/, "");
  const closed =
    before +
    [...open]
      .reverse()
      .map(({ list }) => (list ? "]" : "}"))
      .join("");
  try {
    return readLenient(closed).value;
  } catch {
    return last;
  }
}

function read(text) {
  try {
    const value = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// The form of a request, generated from the package's JSON Schema: a member that the schema learns needs no code here.
import { parse } from "../model/pointer.js";
import { h } from "../page/dom.js";
import { createEnvelope } from "./envelope.js";
import { createObject } from "./object.js";
import { createPlace, pointerOfElement } from "./place.js";

/** onReveal: more of the form can be seen than before; onPoint(pointer): the focus is in the field of this pointer. */
export function createForm({ root, store, announce, fixesOf, onReveal, onPoint }) {
  const waiting = h("p", { class: "hint" }, "The form comes with the package…");
  root.replaceChildren(waiting);
  // Enter in a field must not load the page anew.
  root.addEventListener("submit", (event) => event.preventDefault());
  let form;
  let object;
  let whole;
  // What was added and not yet filled in: its mistakes are not told before somebody has been there.
  const begun = new Set();
  const touched = new Set();

  root.addEventListener("focusin", ({ target }) => onPoint(pointerOfElement(target)));
  root.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (begun.size === 0) return;
    const left = pointerOfElement(target);
    const next =
      relatedTarget && root.contains(relatedTarget) ? pointerOfElement(relatedTarget) : undefined;
    if (left !== undefined && left !== next) touched.add(left);
    for (const one of begun)
      if (left !== undefined && isWithin(left, one) && !(next !== undefined && isWithin(next, one)))
        begun.delete(one);
    afterClick(onReveal);
  });

  store.subscribe((_state, { whole: another }) => {
    if (!another) return;
    begun.clear();
    touched.clear();
    form?.shelf.clear();
  });

  return {
    // The schema arrives after the page stands; the limits after the package can be called.
    setSchema(schema) {
      form = {
        store,
        schema,
        announce,
        fixesOf,
        onReveal,
        limits: undefined,
        shelf: new Map(),
        begin(pointer) {
          begun.add(pointer);
          touched.delete(pointer);
        },
        // Pointers into a list say something else once its items have moved.
        moved(list) {
          for (const one of begun) if (isWithin(one, list)) begun.delete(one);
          for (const key of form.shelf.keys()) if (isWithin(key, list)) form.shelf.delete(key);
        },
      };
      object = createObject(form, { pointer: () => "", key: "", envelope: createEnvelope() });
      whole = createPlace({
        pointer: () => "",
        controls: [root],
        focus: () => object.focus(),
        fixesOf,
      });
      root.replaceChildren(whole.list, object.element);
    },
    setLimits(limits) {
      form.limits = limits;
    },
    get ready() {
      return form !== undefined;
    },
    get schema() {
      return form?.schema;
    },
    limitOf: (state, pointer, list) =>
      form?.limits?.({ ...state, pointer, key: pointer.replaceAll(/\/\d+/g, "[]"), list }),
    places: () => (form ? [whole, ...object.places()] : []),
    isFresh: (pointer) =>
      begun.size > 0 && !touched.has(pointer) && [...begun].some((one) => isWithin(pointer, one)),
    /** From now on every mistake is told. */
    touchAll() {
      begun.clear();
    },
    reveal(pointer) {
      object?.reveal(parse(pointer));
    },
    // issues: what the form is to know of before it draws: which members are asked for, and which parts have something wrong in them.
    sync(state, issues) {
      if (!form) return;
      const asked = issues.map(({ pointer }) => pointer);
      const badges = badgesOf(issues);
      object.sync(state.request, form.schema.root, {
        ...state,
        asked: new Set(asked),
        badges,
        stamp: `${state.platform}\n${issues.map(({ pointer, severity }) => pointer + severity).join("\n")}`,
      });
    },
  };
}

// What is told makes room for itself. Under a finger that is down already, the button that is meant would move away.
function afterClick(run) {
  if (!isDown) {
    run();
    return;
  }
  addEventListener("pointerup", () => setTimeout(run), { once: true });
}

let isDown = false;
globalThis.addEventListener?.("pointerdown", () => (isDown = true), true);
for (const name of ["pointerup", "pointercancel"])
  globalThis.addEventListener?.(name, () => (isDown = false), true);

const isWithin = (pointer, root) =>
  pointer === root || pointer.startsWith(`${root}/`) || pointer.startsWith(`${root} `);

// Every pointer on the way to an issue, with the worse severity.
function badgesOf(issues) {
  const badges = new Map();
  for (const { pointer, severity } of issues) {
    for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/")))
      if (badges.get(at) !== "error") badges.set(at, severity);
  }
  return badges;
}

// Reads the package's JSON Schema as a form needs it: what may stand at a place, given what stands there now.
// It knows nothing of messages. What it understands: $ref, properties, required, enum, const, examples, items, allOf with if and then,
// oneOf and anyOf (branches that are told apart by a constant or by their type, or "exactly one of these members"), and not.
import { get } from "./pointer.js";
import { isObject } from "./values.js";

export function createSchema(document) {
  const root = { $ref: document.$ref ?? "#" };

  // Follows references; what stands beside one (a description of the member) wins over what it leads to.
  function resolve(node) {
    let at = isObject(node) ? node : {};
    while (at.$ref !== undefined) {
      const { $ref, ...own } = at;
      at = { ...get(document, $ref.slice(1)), ...own };
    }
    return at;
  }

  // Every schema that holds for this value, the most general first.
  function partsOf(node, value) {
    const part = settled(resolve(node), value);
    const parts = [part];
    for (const one of part.allOf ?? []) {
      if (one.if === undefined) parts.push(...partsOf(one, value));
      else if (matches(value, one.if)) parts.push(...partsOf(one.then, value));
      else if (one.else !== undefined) parts.push(...partsOf(one.else, value));
    }
    for (const branches of [part.oneOf, part.anyOf]) {
      if (!branches?.every((branch) => namesOfConstants(resolve(branch)).length > 0)) continue;
      const fitting = branches.find((branch) => matches(value, constantsOf(resolve(branch))));
      if (fitting) parts.push(...partsOf(fitting, value));
      parts.push(
        ...branches.map((branch) => ({
          properties: constantsOf(resolve(branch)).properties,
          choicesOnly: true,
        })),
      );
    }
    return parts;
  }

  // Of alternatives of different types, "a list or one of its items", the one that the value is; the first where there is none yet.
  function settled(part, value) {
    for (const name of ["oneOf", "anyOf"]) {
      const branches = part[name]?.map(resolve);
      const types = branches?.map(({ type }) => type);
      if (
        types === undefined ||
        types.some((type) => typeof type !== "string") ||
        new Set(types).size < types.length ||
        types.length < 2
      )
        continue;
      const { [name]: _, ...own } = part;
      return settled(
        { ...(branches.find(({ type }) => isOfType(value, type)) ?? branches[0]), ...own },
        value,
      );
    }
    return part;
  }

  // What may stand here: { kind, title, description, ... }, and for objects { properties, required, groups, forbidden }.
  function shapeOf(node, value) {
    const parts = partsOf(node, value);
    const [first] = parts;
    const properties = mergedProperties(parts);
    const shape = {
      ...first,
      source: sourceOf(first.$comment),
      properties,
      required: [...new Set(parts.flatMap((part) => part.required ?? []))].filter((name) =>
        Object.hasOwn(properties, name),
      ),
      groups: groupsOf(parts),
      forbidden: new Set(
        parts.flatMap(({ not }) => (isObject(not) && isOneRequired(not) ? not.required : [])),
      ),
    };
    return { ...shape, kind: kindOf(shape) };
  }

  function mergedProperties(parts) {
    const all = {};
    for (const part of parts) {
      for (const [name, schema] of Object.entries(part.properties ?? {})) {
        if (!isObject(schema)) continue;
        if (!Object.hasOwn(all, name)) all[name] = schema;
        else if (part.choicesOnly) all[name] = withChoices(resolve(all[name]), resolve(schema));
        else all[name] = narrowed(all[name], schema);
      }
    }
    return all;
  }

  // The parts of a condition say less than the declaration: of them only other choices, or a shape of its own, count.
  function narrowed(known, said) {
    if (said.$ref !== undefined)
      return { ...said, description: said.description ?? resolve(known).description };
    const choices = choicesOf(resolve(said));
    return choices.length > 0 ? { ...resolve(known), const: undefined, enum: choices } : known;
  }

  // The least that can be filled in here: required members, the first of several choices, one item where a list needs one.
  function blank(node) {
    const shape = shapeOf(node, undefined);
    switch (shape.kind) {
      case "choice":
        return offered(shape)[0];
      case "boolean":
        return true;
      case "array":
        return Array.from({ length: shape.minItems ?? 0 }, () => blank(shape.items));
      case "object":
        return completed(node, {});
      default:
        return "";
    }
  }

  // Adds the required members that a value lacks; each may bring others with it.
  function completed(node, value) {
    let at = value;
    for (;;) {
      const { properties, required, groups } = shapeOf(node, at);
      const missing =
        required.find((name) => !Object.hasOwn(at, name)) ??
        groups
          .filter((names) => !names.some((name) => Object.hasOwn(at, name)))
          .map(([name]) => name)[0];
      if (missing === undefined || !Object.hasOwn(properties, missing)) return at;
      at = { ...at, [missing]: blankRequired(properties[missing]) };
    }
  }

  // A list that must be there is mostly meant to hold something.
  function blankRequired(node) {
    const value = blank(node);
    return Array.isArray(value) && value.length === 0
      ? [blank(shapeOf(node, undefined).items)]
      : value;
  }

  // The value with one member changed that may decide about others: those of the old choice alone go, those that the new one needs come.
  function rechosen(node, value, name, next) {
    const before = shapeOf(node, value);
    const changed = { ...value, [name]: next };
    const after = shapeOf(node, changed);
    for (const key of Object.keys(value)) {
      if (key === name || !Object.hasOwn(before.properties, key)) continue;
      const same = JSON.stringify(before.properties[key]) === JSON.stringify(after.properties[key]);
      if (!same || (before.required.includes(key) && !after.required.includes(key)))
        delete changed[key];
    }
    return completed(node, changed);
  }

  return { root, resolve, shapeOf, blank, blankRequired, rechosen };
}

// What is offered for choice: all that may stand here, or, where other values may too, those that are known.
export function offered(shape) {
  const choices = choicesOf(shape);
  return choices.length > 0 ? choices : (shape.examples ?? []);
}

export function choicesOf({ enum: values, const: only }) {
  if (Array.isArray(values)) return values;
  return only === undefined ? [] : [only];
}

function kindOf(shape) {
  if (choicesOf(shape).length > 0) return isFlag(choicesOf(shape)) ? "boolean" : "choice";
  const types = [shape.type].flat();
  if (types.includes("array")) return "array";
  if (types.includes("object") || Object.keys(shape.properties).length > 0) return "object";
  if (types.includes("boolean")) return "boolean";
  if (types.includes("string")) return Array.isArray(shape.examples) ? "choice" : "text";
  return types.includes("number") || types.includes("integer") ? "number" : "any";
}

function isOfType(value, type) {
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isObject(value);
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

const isFlag = (values) => values.includes(true) && values.includes(false);

function withChoices(known, said) {
  return {
    ...known,
    const: undefined,
    enum: [...new Set([...choicesOf(known), ...choicesOf(said)])],
  };
}

// The part of a branch that tells it from the others.
function constantsOf({ properties = {} }) {
  const fixed = Object.entries(properties).filter(
    ([, schema]) =>
      isObject(schema) &&
      choicesOf(schema).length > 0 &&
      (schema.const !== undefined || schema.enum.length === 1),
  );
  return { properties: Object.fromEntries(fixed) };
}

const namesOfConstants = (branch) => Object.keys(constantsOf(branch).properties);

// Groups of members of which one takes the place of another: said by oneOf, or by anyOf where two of them exclude each other.
function groupsOf(parts) {
  const excluded = parts.flatMap(({ not }) =>
    not?.required?.length === 2 && not.anyOf === undefined ? [not.required] : [],
  );
  const groups = [];
  for (const { oneOf, anyOf } of parts) {
    const [one, any] = [oneOf, anyOf].map(
      (list) => list?.every(isOneRequired) && list.map(({ required }) => required[0]),
    );
    if (one) groups.push(one);
    if (any && excluded.some((pair) => pair.every((name) => any.includes(name)))) groups.push(any);
  }
  return groups;
}

function isOneRequired({ required, properties = {} }) {
  return required?.length === 1 && Object.values(properties).every((schema) => schema === true);
}

// Whether a condition holds. Unlike in JSON Schema a member that is missing fulfils none, and neither does an empty text: what to do
// about an empty field is no matter of which fields there are.
export function matches(value, condition) {
  if (!isObject(condition)) return condition !== false;
  const {
    const: only,
    enum: values,
    pattern,
    type,
    required,
    properties,
    allOf,
    anyOf,
    oneOf,
    not,
  } = condition;
  if (only !== undefined && (value !== only || only === "")) return false;
  if (values !== undefined && !values.includes(value)) return false;
  if (type === "object" && !isObject(value)) return false;
  if (pattern !== undefined && !(typeof value === "string" && new RegExp(pattern, "u").test(value)))
    return false;
  if (required?.some((name) => !isObject(value) || !Object.hasOwn(value, name))) return false;
  for (const [name, schema] of Object.entries(properties ?? {})) {
    if (!isObject(value) || !Object.hasOwn(value, name) || !matches(value[name], schema))
      return false;
  }
  if (allOf?.some((one) => !matches(value, one)) || (not !== undefined && matches(value, not)))
    return false;
  return [anyOf, oneOf].every(
    (list) => list === undefined || list.some((one) => matches(value, one)),
  );
}

// Where a description comes from: the address in a comment, if there is one.
function sourceOf(comment) {
  return /^https:\/\/\S+/.exec(comment ?? "")?.[0];
}

// Searches for a secret in everything visible of an error: its members, stack, cause, JSON, and
// console output.
import assert from "node:assert/strict";
import { inspect } from "node:util";

/** @param {unknown} error @param {...string} secrets */
export function assertHoldsNone(error, ...secrets) {
  const views = [
    inspect(error, {
      depth: Infinity,
      showHidden: true,
      getters: true,
      maxStringLength: Infinity,
      maxArrayLength: Infinity,
    }),
    ...texts(error, new Set()),
  ];
  for (const secret of secrets) {
    for (const form of new Set([
      secret,
      encodeURIComponent(secret),
      new URLSearchParams([["", secret]]).toString().slice(1),
      btoa(secret),
      JSON.stringify(secret).slice(1, -1),
    ])) {
      const found = views.find((view) => view.includes(form));
      assert.equal(found, undefined, "a secret can be seen in the error");
    }
  }
}

/** Every string that is reachable through any kind of member. */
function* texts(value, seen) {
  if (typeof value === "string" || typeof value === "symbol") {
    yield String(value);
    return;
  }
  if (
    (typeof value !== "object" && typeof value !== "function") ||
    value === null ||
    seen.has(value)
  ) {
    return;
  }
  seen.add(value);
  if (value === Object.prototype || value === Function.prototype || value === Error.prototype) {
    return;
  }
  yield JSON.stringify(value, Object.getOwnPropertyNames(value)) ?? "";
  for (const key of Reflect.ownKeys(value)) {
    yield* texts(key, seen);
    const { get, value: member } = Reflect.getOwnPropertyDescriptor(value, key);
    yield* texts(get === undefined ? member : Reflect.get(value, key), seen);
  }
  if (value instanceof Error) {
    yield String(value.stack);
    yield String(value);
  }
}

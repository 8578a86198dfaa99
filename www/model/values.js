// Small questions about JSON values. Everything on the page may be of another type than it should: people paste what they have.
export { get } from "./pointer.js";

export function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

// The value as an object, a list or a text, or an empty one where it is none: for those who only show it.
export const objectIn = (value) => (isObject(value) ? value : {});
export const listIn = (value) => (Array.isArray(value) ? value : []);
export const textIn = (value) => (typeof value === "string" ? value : typeof value === "number" ? String(value) : "");

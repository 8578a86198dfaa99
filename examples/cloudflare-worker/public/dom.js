// Creates elements without markup: every text becomes a text node, so nothing from outside is ever parsed.

const SVG = "http://www.w3.org/2000/svg";

/** An element of the page, by its id. */
export const byId = (id) => document.getElementById(id);

/** `html("p", { class: "soft" }, "Text")`. An attribute that is `undefined` or `false` is omitted; `true` gives it no value. */
export function html(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for elements of an SVG. */
export function svg(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** Sets a text only if it changes, so that a selection in it is kept. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function fill(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children);
  return element;
}

// Makes elements. Data only ever becomes text or an attribute's value, so that no message can become markup.

export function h(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

let last = 0;
export function uid(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}

// A link, if the address is one that can be followed safely.
export function link(address, ...children) {
  if (!/^https?:\/\//i.test(String(address))) return undefined;
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

export function setAttribute(element, name, value) {
  if (value === undefined || value === null || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

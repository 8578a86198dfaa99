// Makes elements. Data only ever becomes text or an attribute's value, so that no message can become markup.

export function h(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

// A button with a sign on it; its name is read out, and shown to whoever points at it.
export function iconButton(name, glyph, action, kind = "") {
  return h(
    "button",
    { type: "button", class: `icon ${kind}`, title: name, onclick: action },
    h("span", { "aria-hidden": "true" }, glyph),
    h("span", { class: "visually-hidden" }, name),
  );
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

// Puts the wanted children into an element, in their order, and moves none that stands right: a moved element loses the focus.
export function arrange(element, wanted) {
  const keep = new Set(wanted);
  for (const child of [...element.children]) if (!keep.has(child)) child.remove();
  let at = element.firstElementChild;
  for (const child of wanted) {
    if (child === at) at = at.nextElementSibling;
    else element.insertBefore(child, at);
  }
}

// A sentence of the schema: what stands between backticks is code.
export function prose(text) {
  return text.split("`").map((part, n) => (n % 2 === 1 ? h("code", null, part) : part));
}

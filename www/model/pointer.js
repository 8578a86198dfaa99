// JSON pointers (RFC 6901) into plain data. Writing copies the way down and keeps every untouched part the same object.

export function parse(pointer) {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function format(path) {
  return path
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

export function get(value, pointer) {
  let at = value;
  for (const part of parse(pointer)) {
    if (at === null || typeof at !== "object" || !Object.hasOwn(at, part)) return undefined;
    at = at[part];
  }
  return at;
}

export function set(value, pointer, next) {
  return write(value, parse(pointer), next);
}

// `undefined` as the new value takes the member, or the item of a list, away.
export function remove(value, pointer) {
  return get(value, pointer) === undefined ? value : write(value, parse(pointer), undefined);
}

function write(at, path, next) {
  if (path.length === 0) return next;
  const [part, ...rest] = path;
  if (Array.isArray(at)) {
    const copy = [...at];
    if (rest.length === 0 && next === undefined) copy.splice(Number(part), 1);
    else copy[Number(part)] = write(at[part], rest, next);
    return copy;
  }
  const copy = at !== null && typeof at === "object" ? { ...at } : {};
  if (rest.length === 0 && next === undefined) delete copy[part];
  else copy[part] = write(Object.hasOwn(copy, part) ? copy[part] : undefined, rest, next);
  return copy;
}

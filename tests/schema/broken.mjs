// Breaks requests in small ways: removes or replaces each value, and adds members of other
// requests.

const URL_TEXTS = [
  "http://example.org/a",
  " https://example.org/a",
  "HTTPS://EXAMPLE.ORG",
  "shop://1",
  "example.org",
  "/a",
];
const TEXTS = [
  "",
  "a",
  "true",
  "unknown",
  "+351210000000",
  "12",
  "a b",
  "https://example.org/",
  "\u{1f375}".repeat(21),
  ...URL_TEXTS,
];
const LENGTHS = [4, 5, 20, 21, 45, 46, 65, 66, 80, 81, 85, 86, 640, 641, 1000, 1001, 2000, 2001];
const OTHERS = [null, true, false, 0, 1, 7, 8, -1, 1.5, 2.345, [], {}, [{}], [[]]];
const REPLACEMENTS = [...TEXTS, ...LENGTHS.map((length) => "x".repeat(length)), ...OTHERS];

/** The paths to all values in a value: `[[], ["message"], ["message", "text"], ...]`. */
function* ways(value, way = []) {
  yield way;
  if (typeof value === "object" && value !== null) {
    for (const key of Object.keys(value)) {
      yield* ways(value[key], [...way, key]);
    }
  }
}

/** A copy in which `change` was applied to the value at the path. */
function changed(value, [key, ...rest], change) {
  const copy = Array.isArray(value) ? [...value] : { ...value };
  if (rest.length > 0) {
    copy[key] = changed(value[key], rest, change);
  } else {
    change(copy, key);
  }
  return copy;
}

/** Every broken form of these requests, including some that are still valid. */
export function* broken(requests) {
  for (const request of requests) {
    yield { ...request, unheard: 1 };
    for (const way of ways(request)) {
      if (way.length === 0) {
        continue;
      }
      yield changed(request, way, (parent, key) =>
        Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key],
      );
      for (const replacement of REPLACEMENTS) {
        yield changed(request, way, (parent, key) => (parent[key] = replacement));
      }
      yield changed(request, way, (parent, key) => {
        const value = parent[key];
        if (typeof value === "string") {
          parent[key] = value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase();
        } else if (Array.isArray(value) && value.length > 0) {
          parent[key] = Array.from({ length: 14 }, () => value[0]);
        } else if (typeof value === "object" && value !== null) {
          parent[key] = { ...value, unheard: 1 };
        }
      });
    }
    for (const other of requests) {
      yield { ...request, ...other };
      if (request.message && other.message) {
        yield { ...request, message: other.message };
        yield { ...request, message: { ...request.message, ...other.message } };
      }
      if (request.message?.attachment && other.message?.attachment) {
        const payload = {
          ...request.message.attachment.payload,
          ...other.message.attachment.payload,
        };
        yield { ...request, message: { attachment: { ...other.message.attachment, payload } } };
        yield { ...request, message: { attachment: { ...request.message.attachment, payload } } };
      }
    }
  }
}

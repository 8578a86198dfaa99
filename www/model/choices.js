// The values that the form offers, read from the package's JSON Schema: an enum member that the package learns,
// the form offers.

export async function loadSchema() {
  const response = await fetch(new URL("../pkg/schema.json", import.meta.url));
  if (!response.ok) throw new Error(`schema.json: ${response.status}`);
  return response.json();
}

// The values that the schema allows at a path; "*" is any item of a list.
export function valuesAt(schema, path) {
  const values = variantsAt(schema, path).flatMap((node) => [
    ...(Array.isArray(node.enum) ? node.enum : []),
    ...("const" in node ? [node.const] : []),
  ]);
  return [...new Set(values)].filter((value) => typeof value === "string");
}

// The names of the members that hold a string at a path.
export function stringMembersAt(schema, path) {
  const names = variantsAt(schema, path).flatMap((node) =>
    Object.keys(node.properties ?? {}).filter((name) =>
      variants(schema, node.properties[name]).some((member) => [member.type].flat().includes("string")),
    ),
  );
  return [...new Set(names)];
}

function variantsAt(schema, path) {
  let nodes = variants(schema, schema);
  for (const part of path) {
    nodes = nodes
      .map((node) => (part === "*" ? node.items : node.properties?.[part]))
      .filter((node) => node !== null && typeof node === "object")
      .flatMap((node) => variants(schema, node));
  }
  return nodes;
}

// A node and all that it refers to or is put together from.
function variants(schema, node, seen = new Set()) {
  if (node === null || typeof node !== "object" || seen.has(node)) return [];
  seen.add(node);
  const parts = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  if (typeof node.$ref === "string" && node.$ref.startsWith("#")) parts.push(resolve(schema, node.$ref.slice(1)));
  return [node, ...parts.flatMap((part) => variants(schema, part, seen))];
}

function resolve(schema, pointer) {
  let at = schema;
  for (const part of pointer.split("/").slice(1)) {
    at = at?.[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return at;
}

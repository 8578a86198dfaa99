// The message as code to take home. The access token is never in it: it stays in the environment of whoever runs the code.
import { isObject } from "../model/values.js";
import { SECRET } from "../model/secrets.js";

const HOST = "https://graph.facebook.com";
const VERSION = "v25.0";

/** Every way to take a message home: { id, name, language, print }. */
export const OUTPUTS = [
  { id: "json", name: "JSON", print: ({ request }) => json(request) },
  { id: "curl", name: "curl", print: curl },
  { id: "typescript", name: "TypeScript", print: typescript },
  { id: "fetch", name: "fetch", print: fetched },
];

export function json(request) {
  return JSON.stringify(request, null, 2);
}

function curl({ request }) {
  return [
    `curl -X POST "${HOST}/${VERSION}/me/messages"`,
    '-H "Authorization: Bearer $PAGE_ACCESS_TOKEN"',
    '-H "Content-Type: application/json"',
    `-d '${json(bare(request)).replaceAll("'", String.raw`'\''`)}'`,
  ].join(" \\\n  ");
}

function typescript({ request, platform }) {
  const options = ["accessToken: process.env.PAGE_ACCESS_TOKEN!", platform === "instagram" && 'platform: "instagram"'].filter(Boolean);
  return `import { init, send, type SendRequest } from "messenger-send";

await init(); // needed in browsers only; does no harm elsewhere

const request: SendRequest = ${literal(bare(request))};

const receipt = await send(request, { ${options.join(", ")} });
console.log(receipt.message_id);
`;
}

function fetched({ request }) {
  return `const response = await fetch("${HOST}/${VERSION}/me/messages", {
  method: "POST",
  headers: {
    Authorization: \`Bearer \${process.env.PAGE_ACCESS_TOKEN}\`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify(${literal(bare(request), "  ")}),
});
console.log(response.status, await response.json());
`;
}

// Not even the place where a token stood.
function bare(request) {
  if (!isObject(request) || !Object.hasOwn(request, SECRET)) return request;
  const { [SECRET]: _, ...rest } = request;
  return rest;
}

// JSON as an object literal of JavaScript: names without quotes where they need none.
function literal(value, indent = "") {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "undefined";
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(([name, item]) => `${nameOf(name)}: ${literal(item, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  if (items.length === 0) return open + close;
  const line = `${open}${isList ? "" : " "}${items.join(", ")}${isList ? "" : " "}${close}`;
  if (line.length + indent.length <= 80 && !line.includes("\n")) return line;
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}${close}`;
}

function nameOf(name) {
  // As a name in a literal it would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

// The message as code to take home. The access token is never in it: it stays in the environment of whoever runs the code.

import { SECRET } from "../model/secrets.js";
import { isObject } from "../model/values.js";
import { draftOf } from "./draft.js";
import { javascript, php, python, rust } from "./literals.js";

const HOST = "https://graph.facebook.com";
const VERSION = "v25.0";
const ADDRESS = `${HOST}/${VERSION}/me/messages`;

/** Every way to take a message home: { id, name, print({ request, platform }, api) }; api: the package, once it is there. */
export const OUTPUTS = [
  { id: "json", name: "JSON", print: ({ request }) => json(request) },
  { id: "draft", name: "Draft", print: drafted },
  { id: "typescript", name: "TypeScript", print: typescript },
  { id: "fetch", name: "fetch", print: fetched },
  { id: "curl", name: "curl", print: curl },
  { id: "python", name: "Python", print: requests },
  { id: "php", name: "PHP", print: phpCurl },
  { id: "rust", name: "Rust", print: reqwest },
  { id: "postman", name: "Postman", print: postman },
];

export function json(request) {
  return JSON.stringify(request, null, 2);
}

function drafted({ request, platform }, api) {
  const draft = draftOf(bare(request), api, platform);
  if (draft === undefined)
    return `// ${api ? "This message has no draft that says it: send the request as it is." : "The package is not there yet."}\n`;
  return `import { buildMessage, init, send } from "messenger-send";

await init(); // needed in browsers only; does no harm elsewhere

const request = buildMessage(${javascript(draft)}${platform === "instagram" ? ', { platform: "instagram" }' : ""});

const receipt = await send(request, { ${optionsOf(platform)} });
console.log(receipt.message_id);
`;
}

function typescript({ request, platform }) {
  return `import { init, send, type SendRequest } from "messenger-send";

await init(); // needed in browsers only; does no harm elsewhere

const request: SendRequest = ${javascript(bare(request))};

const receipt = await send(request, { ${optionsOf(platform)} });
console.log(receipt.message_id);
`;
}

function optionsOf(platform) {
  return [
    "accessToken: process.env.PAGE_ACCESS_TOKEN!",
    platform === "instagram" && 'platform: "instagram"',
  ]
    .filter(Boolean)
    .join(", ");
}

function fetched({ request }) {
  return `const response = await fetch("${ADDRESS}", {
  method: "POST",
  headers: {
    Authorization: \`Bearer \${process.env.PAGE_ACCESS_TOKEN}\`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify(${javascript(bare(request), "  ")}),
});
console.log(response.status, await response.json());
`;
}

function curl({ request }) {
  return [
    `curl -X POST "${ADDRESS}"`,
    '-H "Authorization: Bearer $PAGE_ACCESS_TOKEN"',
    '-H "Content-Type: application/json"',
    `-d '${json(bare(request)).replaceAll("'", String.raw`'\''`)}'`,
  ].join(" \\\n  ");
}

function requests({ request }) {
  return `import os

import requests

response = requests.post(
    "${ADDRESS}",
    headers={"Authorization": f"Bearer {os.environ['PAGE_ACCESS_TOKEN']}"},
    json=${python(bare(request), "    ")},
    timeout=30,
)
print(response.status_code, response.json())
`;
}

function phpCurl({ request }) {
  return `<?php
$request = ${php(bare(request))};

$curl = curl_init('${ADDRESS}');
curl_setopt_array($curl, [
    CURLOPT_POST => true,
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 30,
    CURLOPT_HTTPHEADER => [
        'Authorization: Bearer ' . getenv('PAGE_ACCESS_TOKEN'),
        'Content-Type: application/json',
    ],
    CURLOPT_POSTFIELDS => json_encode($request, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES),
]);
$answer = curl_exec($curl);
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;
`;
}

function reqwest({ request }) {
  return `// Cargo.toml: reqwest = { version = "0.12", features = ["blocking", "json"] }, serde_json = "1"
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let request = json!(${rust(bare(request), "    ")});
    let response = reqwest::blocking::Client::new()
        .post("${ADDRESS}")
        .bearer_auth(std::env::var("PAGE_ACCESS_TOKEN")?)
        .json(&request)
        .send()?;
    println!("{} {}", response.status(), response.text()?);
    Ok(())
}
`;
}

/** A collection with one item, which Postman imports as it is. */
function postman({ request }) {
  return json({
    info: {
      name: "messenger-send",
      schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    item: [
      {
        name: "Send a message",
        request: {
          method: "POST",
          auth: {
            type: "bearer",
            bearer: [{ key: "token", value: "{{PAGE_ACCESS_TOKEN}}", type: "string" }],
          },
          header: [{ key: "Content-Type", value: "application/json" }],
          body: { mode: "raw", raw: json(bare(request)), options: { raw: { language: "json" } } },
          url: {
            raw: ADDRESS,
            protocol: "https",
            host: ["graph", "facebook", "com"],
            path: [VERSION, "me", "messages"],
          },
        },
      },
    ],
  });
}

// Not even the place where a token stood.
function bare(request) {
  if (!isObject(request) || !Object.hasOwn(request, SECRET)) return request;
  const { [SECRET]: _, ...rest } = request;
  return rest;
}

// Generates the page of the rules: a section with an anchor for each rule, a message that breaks it, and the resulting issue.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { toFragment } from "../../www/model/share.js";
import { abridged } from "./json.mjs";
import { BASE, inPackage, inRepository } from "./places.mjs";
import { sections } from "./tables.mjs";

/** The columns of docs/rules.md, in their order. */
const COLUMNS = ["code", "severity", "limit", "platform", "since", "graph", "message", "source"];

const PLATFORMS = { messenger: "Messenger", instagram: "Instagram" };

/** @returns {Promise<string>} Markdown */
export async function rulesPage() {
  const areas = sections(readFileSync(inRepository("docs", "rules.md"), "utf8"));
  const { validate } = await import(pathToFileURL(inPackage("node.js")));
  const examples = broken();
  const parts = [];
  let count = 0;
  for (const { heading, header, rows } of areas) {
    if (header.length !== COLUMNS.length) {
      throw new Error(`docs/rules.md has other columns than the site knows: ${header}`);
    }
    parts.push(`## ${heading}\n`);
    count += rows.length;
    for (const row of rows) {
      const rule = Object.fromEntries(COLUMNS.map((name, at) => [name, row[at]]));
      parts.push(await section(rule, examples, validate));
    }
  }
  return `---\noutline: 2\npageClass: rules\n---\n\n# Rules\n\n${introduction(count)}\n${parts.join("\n")}`;
}

const introduction = (count) => `\
Every issue of a report has the code of one of these ${count} rules. \`rules()\` returns the same list as data.

<RuleFilter />

An **error** is something that Meta documents as refused, or that cannot be intended: a wrong type, a missing member, an unknown value. A
request with an error is not sent. A **warning** is something discouraged, or something on which Meta's pages disagree or are silent. A request
with only warnings is valid.

Each rule names its source, with the date of the wording that it follows. If the API has changed since, change the severity of the rule:
\`validate(request, { rules: { "text.too_long": "warning" } })\`, also in \`buildMessage\` and \`send\`, with \`"error"\`, \`"warning"\` or \`"off"\`.
A rule that is *fixed* reports that a request cannot be read at all; no option changes it.

A limit is the largest value that is allowed. Where the API does not say whether *characters* are Unicode code points or UTF-16 units, a
text that is too long by both counts is an error, and one that is too long only in UTF-16 units is a warning (\`maybe_too_long\`).
`;

/** For each rule, the smallest request in the tests that breaks it and as few others as possible. */
function broken() {
  const cases = JSON.parse(
    readFileSync(inRepository("tests", "fixtures", "illegal.json"), "utf8"),
  ).map((one) => ({
    ...one,
    request: expand(one.request),
    size: JSON.stringify(one.request).length,
  }));
  const best = new Map();
  for (const one of cases) {
    for (const { code } of one.issues) {
      const other = best.get(code);
      const fewer = other === undefined || one.issues.length < other.issues.length;
      if (fewer || (one.issues.length === other.issues.length && one.size < other.size)) {
        best.set(code, one);
      }
    }
  }
  return best;
}

/** Expands the short forms of a test case: `{"$repeat": ["a", 2001]}` is a text, `{"$list": [item, 14]}` a list. */
function expand(value) {
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(expand);
  }
  if (value.$repeat) {
    return value.$repeat[0].repeat(value.$repeat[1]);
  }
  if (value.$list) {
    return Array(value.$list[1]).fill(expand(value.$list[0]));
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, expand(one)]));
}

async function section(rule, examples, validate) {
  const code = rule.code.replaceAll("`", "");
  const [severity, fixed] = rule.severity.split(", ");
  const facts = [
    `<span class="${severity}">${severity}</span>`,
    fixed && `<span title="No option changes it.">fixed</span>`,
    rule.platform && `<span>${PLATFORMS[rule.platform]} only</span>`,
    rule.limit && `<span>limit: ${rule.limit}</span>`,
    rule.since && `<span>since ${rule.since}</span>`,
  ];
  const graph = rule.graph && `Graph answers [${rule.graph}](/errors/#${rule.graph}). `;
  return [
    `### ${code} {#${code}}\n`,
    `<p class="facts">${facts.filter(Boolean).join(" ")}</p>\n`,
    `${text(rule.message)}\n`,
    `${graph}Source: ${rule.source}\n`,
    await example(code, examples.get(code), validate),
  ].join("\n");
}

async function example(code, found, validate) {
  if (found === undefined) {
    return "";
  }
  const { request, platform = "messenger" } = found;
  const issue = validate(request, { platform }).issues.find((one) => one.code === code);
  if (issue === undefined) {
    throw new Error(`the package does not report ${code} for its example: run \`npm run build\``);
  }
  const fragment = await toFragment({ platform, request });
  const place = issue.pointer === "" ? "" : `<code>${escaped(issue.pointer)}</code>: `;
  const on = platform === "instagram" ? " on Instagram" : "";
  return [
    `<details class="example"><summary>A message that breaks it${on}</summary>`,
    `<pre v-pre tabindex="0"><code>${escaped(abridged(request))}</code></pre>`,
    `<p v-pre>${place}${escaped(issue.message)}</p>`,
    `<p><a href="${BASE}play/#${fragment}" target="_self">Open in the playground</a></p>`,
    "</details>\n",
  ].join("");
}

/** The text of a table cell, escaped so that Vue does not treat it as markup. */
function text(cell) {
  return cell.replaceAll("\\|", "|").replaceAll("{{", "&#123;&#123;").replaceAll("<", "&lt;");
}

function escaped(plain) {
  return plain
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\n\n+/g, "\n");
}

// Generates the page of Graph's error codes: a section with an anchor for each code.
import { readFileSync } from "node:fs";
import { inRepository } from "./places.mjs";
import { sections, siteLinks } from "./tables.mjs";

const RETRIED = {
  "": "",
  yes: "<span>retried</span>",
  once: "<span>retried once</span>",
  never: "<span>never retried</span>",
};

const INTRODUCTION = `\
What Graph answers when it refuses a message, and what to do next. The headings are the \`kind\` of a \`SendError\`; \`190 / 458\` is a \`code\`
with its \`subcode\`. The text below a code is the error's \`hint\`.

An entry with the subcode takes precedence over the one of the code alone. Codes of seven digits are unique across Graph, so they also apply
as the subcode of another code. A code that is not listed is of kind \`request\`, or \`transient\` if Graph says so with \`is_transient\`.

**Retried**: \`send\` retries the message automatically, within \`retry.attempts\`. Graph has refused it, so it cannot arrive twice. Other codes
are retried only if Graph says \`is_transient: true\`, unless they are **never retried**.

Two answers of code 100 are of kind \`auth\`: "Invalid appsecret_proof provided in the API argument" and "API calls from the server require an
appsecret_proof argument". Check that \`appSecret\` belongs to the app of the \`accessToken\`, and that the machine's clock is right.

[When a send fails](/guides/when-a-send-fails) explains how to handle an error. [The rules](/rules/) list what is found before a message is sent.
`;

/** @returns {string} Markdown */
export function errorsPage() {
  const kinds = sections(readFileSync(inRepository("docs", "errors.md"), "utf8"));
  const parts = kinds.map(({ heading, text, header, rows }) => {
    const body =
      header[0] === "Code"
        ? rows.map((row) => section(heading, row)).join("\n")
        : table(header, rows);
    return `## ${heading}\n\n${siteLinks(text)}\n\n${body}`;
  });
  return `---\noutline: 2\npageClass: codes\n---\n\n# Error codes\n\n${INTRODUCTION}\n${parts.join("\n")}`;
}

/** The anchor of a code: `10-2018278`, `613`, `200-to-299`. */
export function anchor(code, subcode) {
  return [code, subcode].filter(Boolean).join("-").replaceAll(" ", "-");
}

function section(kind, [code, subcode, retried, text, source]) {
  if (RETRIED[retried] === undefined) {
    throw new Error(`docs/errors.md says "${retried}" of ${code}, which the site does not know`);
  }
  const title = subcode === "" ? code : `${code} / ${subcode}`;
  return [
    `### ${title} {#${anchor(code, subcode)}}\n`,
    `<p class="facts"><span>${kind}</span> ${RETRIED[retried]}</p>\n`,
    `${text}\n`,
    `Source: ${source}\n`,
  ].join("\n");
}

function table(header, rows) {
  return [header, header.map(() => "---"), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

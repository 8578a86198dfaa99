// Reads a pasted text as the list that is to be sent, and says of each message what is wrong before anything is sent.
import { errorsFirst } from "../check/issue-item.js";
import { plural } from "../model/attribute.js";
import { built } from "../model/draft.js";
import { readPaste } from "../paste/read.js";

/**
 * @param {string} text
 * @param {{ api: object, platform: string, base: unknown }} options base: the message for tables that bring none of their own
 * @returns {{ items: { line: number, request?: unknown, problem?: string }[], wrong: { line: number, text: string }[], summary: string }}
 */
export function readList(text, { api, platform, base }) {
  if (text.trim() === "") return { items: [], wrong: [], summary: "" };
  const pasted = readPaste(text, base);
  const given = pasted?.kind === "one" ? [{ line: 1, request: pasted.request }] : (pasted?.items ?? []);
  if (given.length === 0) return { items: [], wrong: [], summary: "No message is found in this." };
  const items = given.map((item) => (item.request === undefined ? item : { ...item, request: built(item.request, api, platform) }));
  const wrong = items.flatMap(({ line, request, problem }) => {
    if (problem !== undefined) return [{ line, text: problem }];
    const report = api.validate(request, { platform });
    return report.valid ? [] : [{ line, text: errorsFirst(report.issues)[0].message }];
  });
  const right = items.length - wrong.length;
  const verdict = wrong.length === 0 ? "all can be sent" : `${right} can be sent, ${wrong.length} cannot`;
  return { items, wrong, summary: [`${plural(items.length, "message")} from ${pasted.from}: ${verdict}.`, ...pasted.notes].join(" ") };
}

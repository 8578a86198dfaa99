// Reads a pasted text as the list that is to be sent, and says of each message what is wrong before anything is sent.
import { errorsFirst } from "../check/issue-item.js";
import { plural } from "../model/attribute.js";
import { built } from "../model/draft.js";
import { placeholdersIn } from "../model/placeholders.js";
import { readPaste } from "../paste/read.js";

/**
 * @param {string} text
 * @param {{ api: object, platform: string, base: unknown }} options base: the message for tables that bring none of their own
 * @returns {{ items: { line: number, request?: unknown, problem?: string, sameAs?: number, copyOf?: number, code?: string }[], wrong: { line: number, text: string }[],
 *   doubled: number[], summary: string }}
 *   problem: why the message cannot be sent; sameAs: the line before that goes to the same person; copyOf: and says the same
 */
export function readList(text, { api, platform, base }) {
  if (text.trim() === "") return { items: [], wrong: [], doubled: [], summary: "" };
  const pasted = readPaste(text, base);
  const given =
    pasted?.kind === "one" ? [{ line: 1, request: pasted.request }] : (pasted?.items ?? []);
  if (given.length === 0)
    return { items: [], wrong: [], doubled: [], summary: "No message is found in this." };
  const people = new Map();
  const messages = new Map();
  const items = given.map((item) => {
    if (item.request === undefined) return item;
    const { empty, ...rest } = item;
    const request = built(item.request, api, platform);
    const wrong = problemOf(request, empty, { api, platform });
    const who = JSON.stringify(request?.recipient ?? null);
    const whole = JSON.stringify(request);
    const [sameAs, copyOf] = [people.get(who), messages.get(whole)];
    people.set(who, sameAs ?? item.line);
    messages.set(whole, copyOf ?? item.line);
    return {
      ...rest,
      request,
      ...wrong,
      ...(sameAs !== undefined && { sameAs }),
      ...(copyOf !== undefined && { copyOf }),
    };
  });
  const wrong = items.flatMap(({ line, problem }) =>
    problem === undefined ? [] : [{ line, text: problem }],
  );
  const right = items.length - wrong.length;
  const verdict =
    wrong.length === 0 ? "all can be sent" : `${right} can be sent, ${wrong.length} cannot`;
  return {
    items,
    wrong,
    doubled: items
      .filter(({ sameAs, problem }) => sameAs !== undefined && problem === undefined)
      .map(({ line }) => line),
    summary: [
      `${plural(items.length, "message")} from ${pasted.from}: ${verdict}.`,
      ...pasted.notes,
    ].join(" "),
  };
}

function problemOf(request, empty, { api, platform }) {
  if (empty !== undefined)
    return { problem: `${empty.join(", ")}: the cell is empty, and the message needs it.` };
  const left = placeholdersIn(request);
  if (left.length > 0)
    return { problem: `{{${left[0]}}} is not filled in: there is no column ${left[0]}.` };
  const report = api.validate(request, { platform });
  if (report.valid) return undefined;
  const [{ message, code }] = errorsFirst(report.issues);
  return { problem: message, code };
}

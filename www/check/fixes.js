// What can be done about an issue with one click: each is { label, apply() }. A fix changes the message as a hand would, so Undo takes
// it back; what a fix cuts off is shown.

import { nodeAt } from "../json/help.js";
import { measure } from "../model/limits.js";
import { format, get, parse, remove, set } from "../model/pointer.js";
import { offered } from "../model/schema.js";
import { isObject } from "../model/values.js";

const MOST_SHOWN = 80;

/**
 * @param {object} options
 * @param {() => object | undefined} options.schema
 * @param {() => object | undefined} options.api
 * @param {(texts: string[]) => void} options.sendParts takes the parts of a text that was split
 */
export function createFixes({ store, schema, api, notice, sendParts }) {
  const replaceWith = (request) => store.replace(request, { place: "fix" });

  return function fixesOf(issue) {
    const { request, platform, broken } = store.state;
    const known = schema();
    if (broken || !known || !isObject(request)) return [];
    const { pointer, code } = issue;
    const value = get(request, pointer);
    const path = parse(pointer);
    const fixes = [];

    if (pointer === "/messaging_type" && value === undefined) {
      fixes.push({
        label: "Add messaging_type: RESPONSE",
        apply: () => replaceWith({ ...withFirst(request, "messaging_type", "RESPONSE") }),
      });
    }
    if (
      code === "member.unknown" ||
      code === "member.misspelt" ||
      /(?:^|\.)unknown_member$|misspelled|spelling/.test(code)
    ) {
      const meant = nearest(path.at(-1), membersAt(known, request, path.slice(0, -1)));
      if (meant !== undefined)
        fixes.push({
          label: `Rename to ${meant}`,
          apply: () => replaceWith(renamed(request, path, meant)),
        });
      fixes.push({ label: "Remove it", apply: () => replaceWith(remove(request, pointer)) });
    }
    if (/unknown_value$/.test(code) && typeof value === "string") {
      const node = nodeAt(known, request, pointer);
      const meant = node && nearest(value, offered(known.shapeOf(node)).map(String));
      if (meant !== undefined)
        fixes.push({
          label: `Use ${meant}`,
          apply: () => replaceWith(set(request, pointer, meant)),
        });
    }
    if (code === "access_token.inside")
      fixes.push({ label: "Remove the token", apply: () => replaceWith(remove(request, pointer)) });
    if (/\.type$/.test(code) && Number.isSafeInteger(value)) {
      fixes.push({
        label: "Put it in quotes",
        apply: () => replaceWith(set(request, pointer, String(value))),
      });
    }
    if (
      typeof value === "string" &&
      /^\s*http:\/\//i.test(value) &&
      /http/i.test(code + issue.message)
    ) {
      fixes.push({
        label: "Use https:",
        apply: () => replaceWith(set(request, pointer, value.trim().replace(/^http:/i, "https:"))),
      });
    }
    if (issue.limit !== undefined && issue.actual > issue.limit)
      fixes.push(...tooMuch(issue, value, platform));
    return fixes;
  };

  function tooMuch(issue, value, platform) {
    const { pointer, limit, unit } = issue;
    if (Array.isArray(value)) {
      const over = value.length - limit;
      return over > 0
        ? [
            {
              label: `Keep the first ${limit}`,
              apply: () => cut(pointer, value.slice(0, limit), `${over} more`),
            },
          ]
        : [];
    }
    if (typeof value !== "string") return [];
    const fixes = [];
    if (pointer === "/message/text" && api()?.splitText) {
      fixes.push({
        label: "Split into several messages",
        apply: () => sendParts(api().splitText(value, { platform })),
      });
    }
    const [kept, left] = shortened(value, limit, unit);
    fixes.push({
      label: `Shorten to ${limit.toLocaleString("en")}`,
      apply: () => cut(pointer, kept, left),
    });
    return fixes;
  }

  function cut(pointer, kept, left) {
    store.write(pointer, kept);
    const shown = left.length > MOST_SHOWN ? `${left.slice(0, MOST_SHOWN)}…` : left;
    notice.say(`Cut off: “${shown}”`, { action: { label: "Undo", run: store.undo } });
  }
}

/** The part of a text that keeps a limit, and the rest; whole graphemes where the browser can tell them. */
export function shortened(text, limit, unit) {
  const pieces = globalThis.Intl?.Segmenter
    ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
    : [...text];
  let used = 0;
  let kept = "";
  for (const piece of pieces) {
    used += measure(piece, unit);
    if (used > limit) break;
    kept += piece;
  }
  return [kept, text.slice(kept.length)];
}

function membersAt(schema, request, path) {
  const at = get(request, format(path));
  const node = nodeAt(schema, request, format(path));
  return node && isObject(at)
    ? Object.keys(schema.shapeOf(node, at).properties).filter(
        (name) => !Object.hasOwn(at, name) && name !== "access_token",
      )
    : [];
}

function renamed(request, path, name) {
  const parent = format(path.slice(0, -1));
  const entries = Object.entries(get(request, parent)).map(([one, value]) => [
    one === path.at(-1) ? name : one,
    value,
  ]);
  return set(request, parent, Object.fromEntries(entries));
}

// After the recipient, where the documentation has it.
function withFirst({ recipient, ...rest }, name, value) {
  return { ...(recipient !== undefined && { recipient }), [name]: value, ...rest };
}

const letters = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** The word that was probably meant; undefined where none is near. */
export function nearest(word, known) {
  const own = letters(String(word));
  const most = own.length <= 4 ? 1 : own.length <= 8 ? 2 : 3;
  let best;
  for (const one of known) {
    const distance = distanceOf(own, letters(one), most);
    if (distance <= most && (best === undefined || distance < best.distance))
      best = { one, distance };
  }
  return best?.one;
}

// Letters added, left out, changed or swapped with the next; gives up above `most`.
function distanceOf(a, b, most) {
  if (Math.abs(a.length - b.length) > most || a.length > 64) return most + 1;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

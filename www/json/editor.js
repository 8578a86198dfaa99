// An editor for JSON: a text area, and below it the same text in colours with the lines marked that issues are about. The text below
// gives both their size, so that they always lie on each other.
import { h } from "../page/dom.js";
import { lineAt, scan, startOf } from "./scan.js";

// Above this, colours take longer than typing may.
const MOST_COLOURED = 60_000;

// onText(text, whole): whole where more than a letter came at once; onPaste(text, { all }): says whether it took it.
export function createEditor({ root, label, describedby, onText, onPaste }) {
  const area = h("textarea", {
    class: "editor-text",
    "aria-label": label,
    "aria-describedby": describedby,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    dir: "ltr",
    wrap: "soft",
  });
  const lines = h("div", { class: "editor-lines", "aria-hidden": "true", dir: "ltr" });
  root.append(h("div", { class: "editor" }, h("div", { class: "editor-inner" }, lines, area)));
  let text = "";
  let starts = new Map();
  let drawn = "";

  // Who puts in a text of many lines (a program, an input method) is heard once for each of them: they are taken together, in a task of
  // their own, which a message to oneself makes sooner than any timer.
  const soon = new MessageChannel();
  let pending;
  soon.port1.onmessage = () => {
    const { whole } = pending;
    pending = undefined;
    onText(area.value, whole);
  };
  area.addEventListener("input", ({ inputType, data }) => {
    if (pending) {
      pending.whole = true;
      return;
    }
    pending = { whole: inputType === "insertFromPaste" || inputType === "insertFromDrop" || (data ?? "").length > 1 };
    soon.port2.postMessage(undefined);
  });
  area.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    const all = area.selectionStart === 0 && area.selectionEnd === area.value.length;
    if (onPaste(pasted, { all })) event.preventDefault();
  });

  function draw(issues, pieces) {
    const severities = [];
    for (const issue of issues) {
      const line = lineAt(text, startOf(starts, issue.pointer));
      if (severities[line] !== "error") severities[line] = issue.severity;
    }
    const rows = text.length > MOST_COLOURED ? text.split("\n").map((line) => [line]) : coloured(text, pieces);
    lines.replaceChildren(...rows.map((row, n) => h("div", { class: `line ${severities[n] ?? ""}` }, row)));
  }

  return {
    // The line of a pointer, from 1.
    lineOf: (pointer) => lineAt(text, startOf(starts, pointer)) + 1,
    // While nobody can see it, the text and its places are kept, and nothing is drawn.
    show(next, issues) {
      const nextDrawn = JSON.stringify([next, ...issues.map(({ pointer, severity }) => [pointer, severity])]);
      if (area.value !== next) area.value = next;
      if (next === text && (root.hidden || nextDrawn === drawn)) return;
      const { pieces, starts: found } = scan(next);
      text = next;
      starts = found;
      if (root.hidden) return;
      drawn = nextDrawn;
      draw(issues, pieces);
    },
    select(pointer) {
      const start = startOf(starts, pointer);
      const end = text.indexOf("\n", start);
      area.focus({ preventScroll: true });
      area.setSelectionRange(start, end < 0 ? text.length : end);
      lines.children[lineAt(text, start)]?.scrollIntoView({ block: "center" });
    },
    selectAll() {
      area.focus();
      area.select();
    },
  };
}

// The pieces of each line, as elements. Only spaces hold line breaks.
function coloured(text, pieces) {
  const rows = [[]];
  for (const { kind, start, end } of pieces) {
    const piece = text.slice(start, end);
    if (kind !== "space") {
      rows.at(-1).push(h("span", { class: `json-${kind}` }, piece));
      continue;
    }
    const [first, ...rest] = piece.split("\n");
    rows.at(-1).push(first);
    for (const line of rest) rows.push([line]);
  }
  return rows;
}

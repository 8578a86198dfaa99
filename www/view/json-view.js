// The request as it will be posted, with the lines marked that an issue is about.
import { contains } from "../model/pointer.js";
import { h } from "./dom.js";
import { jsonLines } from "./json-lines.js";

const INDENT = "  ";

export function createJsonView({ root }) {
  const code = h("code", { class: "lines", id: "request" });
  root.append(h("pre", { class: "source", tabindex: "0", role: "region", "aria-label": "The request as JSON", dir: "ltr" }, code));

  return {
    show(request, issues) {
      const lines = jsonLines(request);
      const marks = mark(lines, issues);
      code.replaceChildren(
        ...lines.map((line, n) =>
          h(
            "span",
            { class: ["line", marks[n]].filter(Boolean).join(" ") },
            INDENT.repeat(line.depth),
            line.pieces.map(([kind, text]) => h("span", { class: `json-${kind}` }, isText(kind) ? isolated(text) : text)),
            "\n",
          ),
        ),
      );
    },
  };
}

const isText = (kind) => kind === "string" || kind === "name";

// Between its quotes right-to-left text keeps to itself, so that it cannot reorder the JSON around it.
function isolated(quoted) {
  return ['"', h("bdi", null, quoted.slice(1, -1)), '"'];
}

// The severity of each line. An issue about a member that is missing marks the line of the object that misses it.
function mark(lines, issues) {
  const marks = [];
  for (const issue of issues) {
    let best;
    lines.forEach((line, n) => {
      if (!contains(line.pointer, issue.pointer)) return;
      if (best === undefined || line.pointer.length > lines[best].pointer.length) best = n;
    });
    if (best === undefined) continue;
    if (marks[best] !== "error") marks[best] = issue.severity;
  }
  return marks;
}

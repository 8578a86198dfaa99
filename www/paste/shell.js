// Splits a command line into its words, as a shell does: quotes, escapes and lines that go on.

const ANSI = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

const VARIABLE = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/y;

/**
 * The words of the first command. A quote that is never closed ends with the text. Variables, outside single quotes, stand as {{NAME}};
 * their names are added to `variables`.
 */
export function shellWords(text, variables = new Set()) {
  // Windows' and PowerShell's ways to go on with a line are turned into the usual one.
  const line = text.replaceAll(/[\^`](?=\r?\n)/g, "\\");
  const words = [];
  let word;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at];
    if (letter === "\\") {
      at += 1;
      if (line[at] === "\r" && line[at + 1] === "\n") at += 1;
      if (line[at] !== "\n") word = (word ?? "") + (line[at] ?? "");
    } else if (letter === "'" || (letter === "$" && line[at + 1] === "'")) {
      const ansi = letter === "$";
      const [inner, end] = single(line, at + (ansi ? 2 : 1), ansi);
      word = (word ?? "") + inner;
      at = end;
    } else if (letter === '"') {
      const [inner, end] = double(line, at + 1, variables);
      word = (word ?? "") + inner;
      at = end;
    } else if (letter === "$" && variableAt(line, at)) {
      const { name, end } = variableAt(line, at);
      variables.add(name);
      word = `${word ?? ""}{{${name}}}`;
      at = end;
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (
      word === undefined &&
      (letter === "|" || letter === ";" || (letter === "&" && line[at + 1] === "&"))
    ) {
      break;
    } else {
      word = (word ?? "") + letter;
    }
  }
  return word === undefined ? words : [...words, word];
}

function single(line, from, ansi) {
  let all = "";
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === "'") return [all, at];
    if (!ansi || line[at] !== "\\") {
      all += line[at];
      continue;
    }
    at += 1;
    const code = /^u([0-9a-fA-F]{4})/.exec(line.slice(at, at + 5))?.[1];
    all +=
      code === undefined
        ? (ANSI[line[at]] ?? `\\${line[at] ?? ""}`)
        : String.fromCharCode(Number.parseInt(code, 16));
    if (code !== undefined) at += 4;
  }
  return [all, line.length];
}

function variableAt(line, at) {
  VARIABLE.lastIndex = at;
  const found = VARIABLE.exec(line);
  return found && { name: found[1] ?? found[2], end: VARIABLE.lastIndex - 1 };
}

function double(line, from, variables) {
  let all = "";
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '"') return [all, at];
    if (line[at] === "\\" && /["\\$`\n]/.test(line[at + 1] ?? "")) {
      at += 1;
      if (line[at] !== "\n") all += line[at];
    } else if (line[at] === "$" && variableAt(line, at)) {
      const { name, end } = variableAt(line, at);
      variables.add(name);
      all += `{{${name}}}`;
      at = end;
    } else {
      all += line[at];
    }
  }
  return [all, line.length];
}

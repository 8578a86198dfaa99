// Ids are often written as numbers, and JavaScript rounds the longer ones. In quotes they stay what they are, and Graph reads both.

const STRING_OR_LONG_NUMBER = /"(?:[^"\\]|\\[\s\S]?)*"?|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** JSON text with every number that JavaScript cannot hold in quotes. */
export function withLongNumbersQuoted(text) {
  return text.replaceAll(STRING_OR_LONG_NUMBER, (found) =>
    found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
  );
}

/** The value of a JSON text, its long numbers as texts; undefined where it is no JSON. */
export function readJson(text) {
  try {
    return JSON.parse(withLongNumbersQuoted(text));
  } catch {
    return undefined;
  }
}

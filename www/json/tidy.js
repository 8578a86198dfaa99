// Whether a text says no more than its value does, so that it can be shown tidily: nothing twice, no number written in another way.
const STRING_OR_SPACE = /("(?:[^"\\]|\\[\s\S]?)*"?)|\s+/g;

export function isTidiable(text, value) {
  return text.replaceAll(STRING_OR_SPACE, "$1") === JSON.stringify(value);
}

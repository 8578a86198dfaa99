// A line that says what has just happened, until the next thing happens.
export function createNotice({ root, announce }) {
  return {
    say(text) {
      root.textContent = text;
      root.hidden = text === "";
      announce(text);
    },
  };
}

// The switch between the platforms. It changes the rules that apply, not the request.
import { h } from "../view/dom.js";

// The package's two platforms, as people write them.
const PLATFORMS = { messenger: "Messenger", instagram: "Instagram" };

export function createPlatformSwitch({ root, store }) {
  const inputs = Object.entries(PLATFORMS).map(([value, name]) => {
    const input = h("input", { type: "radio", name: "platform", value, onchange: () => store.update({ platform: value }) });
    root.append(h("label", null, input, h("span", null, name)));
    return input;
  });
  return {
    sync(state) {
      for (const input of inputs) input.checked = input.value === state.platform;
    },
  };
}

// The switch between the platforms. It changes the rules that apply and the look of the preview, not the request.
import { createSegments } from "./segments.js";

// The package's two platforms, as people write them.
const PLATFORMS = [
  { value: "messenger", name: "Messenger" },
  { value: "instagram", name: "Instagram" },
];

export function createPlatformSwitch({ root, store }) {
  const segments = createSegments({
    name: "platform",
    label: "Platform",
    options: PLATFORMS,
    onChoose: store.setPlatform,
  });
  root.append(segments.element);
  return { sync: (state) => segments.sync(state.platform) };
}

// The memory of the module after many validations: it must neither grow with their number nor stay
// large after one large message.
import { bytes, table } from "../lib/markdown.mjs";
import { growth } from "../lib/memory.mjs";

const CHECKS = 1_000_000;

export const title = "Memory";

export async function measure({ api, memory }) {
  const { first, after, outlier, afterOutlier } = growth(api, memory, CHECKS);
  return {
    text: [
      "The WebAssembly memory of the package, which never shrinks, for a mix of valid and invalid messages of every size.",
      "",
      table(
        ["after", "bytes"],
        [
          ["1,000 checks", bytes(first)],
          [`${bytes(CHECKS)} checks`, bytes(after)],
          ["one message of 1 MB", bytes(outlier)],
          ["100,000 checks more", bytes(afterOutlier)],
        ],
      ),
    ].join("\n"),
    aims: [
      {
        what: "memory after a million checks, of that after a thousand",
        most: 1,
        is: after / first,
      },
      {
        what: "memory 100,000 checks after an outlier of 1 MB, of that right after it",
        most: 1,
        is: afterOutlier / outlier,
      },
    ],
  };
}

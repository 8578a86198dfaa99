// Checking in Node: text and objects, beside the peers.
import { measureValidation } from "../validation.mjs";
import { objectTable, ratioOf, textTable } from "./validation-tables.mjs";

export const title = "Validation in Node";

export function measure({ api, peers }) {
  const rows = measureValidation(api, peers, { rounds: 30 });
  const bytes = (size) => ratioOf(rows, size, "text", "validateJson(bytes)", "JSON.parse");
  const object = (size, theirs) => ratioOf(rows, size, "object", "validate(object)", theirs);
  const sizes = rows.filter(({ legal, size }) => legal && size !== "100 B").map(({ size }) => size);
  return {
    text: [
      "With issues every validator lists all that it finds. typebox lists what each branch of a union finds, which makes its lists long.",
      textTable(rows),
      objectTable(rows),
    ].join("\n\n"),
    aims: [
      ...sizes.map((size) => ({ what: `\`validateJson\` of bytes, ${size}, of \`JSON.parse\``, most: 0.6, aim: 0.33, is: bytes(size) })),
      ...["1 KB", "4 KB"].map((size) => ({ what: `\`validate\` of an object, ${size}, of zod + \`JSON.stringify\``, most: 1.5, aim: 1, is: object(size, "zod + JSON.stringify") })),
      ...["1 KB", "4 KB"].map((size) => ({ what: `\`validate\` of an object, ${size}, of valibot`, most: 1, is: object(size, "valibot") })),
    ],
  };
}

// Validation in Node: text and objects, compared to the peers.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../../scripts/lib/root.mjs";
import { interleave, ratio } from "../lib/interleave.mjs";
import { digits, table, times } from "../lib/markdown.mjs";
import { variants } from "../payloads.mjs";
import { measureTenMistakes, measureValidation } from "../validation.mjs";
import { objectTable, ratioOf, textTable } from "./validation-tables.mjs";

export const title = "Validation in Node";

export function measure({ api, peers }) {
  const rows = measureValidation(api, peers, { rounds: 30 });
  const ten = measureTenMistakes(api, peers, { rounds: 100 });
  const bytes = (size) => ratioOf(rows, size, "text", "validateJson(bytes)", "JSON.parse");
  const object = (size, theirs) => ratioOf(rows, size, "object", "validate(object)", theirs);
  const sizes = rows.filter(({ legal, size }) => legal && size !== "100 B").map(({ size }) => size);
  return {
    text: [
      "Every validator lists all issues of a message. typebox lists the issues of each branch of a union, so its lists are long.",
      textTable(rows),
      objectTable(rows),
      "An object with ten mistakes, like a form that is not filled in yet. zod and valibot find the same ten; messenger-send also reports the limit, the actual value, Graph's error code and the page that documents the rule:",
      tenMistakesTable(ten),
      "The same message of 4 KB in other spellings of its JSON, and all valid messages in `tests/fixtures/legal/`, one after the other:",
      otherTexts(api),
    ].join("\n\n"),
    aims: [
      ...sizes.map((size) => ({
        what: `\`validateJson\` of bytes, ${size}, of \`JSON.parse\``,
        most: 0.6,
        aim: 0.33,
        is: bytes(size),
      })),
      ...["1 KB", "4 KB"].map((size) => ({
        what: `\`validate\` of an object, ${size}, of zod + \`JSON.stringify\``,
        most: 1.5,
        aim: 1,
        is: object(size, "zod + JSON.stringify"),
      })),
      ...["1 KB", "4 KB"].map((size) => ({
        what: `\`validate\` of an object, ${size}, of valibot`,
        most: 1,
        is: object(size, "valibot"),
      })),
      ...ten.map(({ size, times: { validate, zod } }) => ({
        what: `\`validate\` of an object with ten mistakes, ${size}, of zod with the same findings`,
        most: 1.5,
        is: ratio(validate, zod),
      })),
    ],
  };
}

function tenMistakesTable(rows) {
  return table(
    [
      "ten mistakes, us a message",
      "validate",
      "of zod",
      "of valibot",
      "zod",
      "valibot",
      "JSON.stringify alone",
    ],
    rows.map(({ size, times: { validate, zod, valibot, "JSON.stringify": stringify } }) => [
      size,
      digits(validate.median),
      `**${times(ratio(validate, zod))}**`,
      times(ratio(validate, valibot)),
      digits(zod.median),
      digits(valibot.median),
      digits(stringify.median),
    ]),
  );
}

/** Texts for which the package was not tuned. */
function otherTexts(api) {
  const fixtures = legalFixtures();
  const size = fixtures.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const groups = [
    ...variants().map((one) => ({ name: one.name, all: [one] })),
    { name: `${fixtures.length} fixtures, ${size} bytes together`, all: fixtures },
  ];
  return table(
    [
      "text, us",
      "validateJson, bytes",
      "of JSON.parse",
      "validateJson, string",
      "of JSON.parse",
      "JSON.parse alone",
    ],
    groups.map(({ name, all }) => {
      const found = interleave({
        ofBytes: () => all.map(({ bytes }) => api.validateJson(bytes)),
        ofString: () => all.map(({ text }) => api.validateJson(text)),
        parse: () => all.map(({ text }) => JSON.parse(text)),
      });
      const { ofBytes, ofString, parse } = found;
      return [
        name,
        digits(ofBytes.median),
        `**${times(ratio(ofBytes, parse))}**`,
        digits(ofString.median),
        times(ratio(ofString, parse)),
        digits(parse.median),
      ];
    }),
  );
}

/** Those for Messenger; written without white space, as programs send them. */
function legalFixtures() {
  const folder = at("tests", "fixtures", "legal");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.stringify(JSON.parse(readFileSync(join(folder, name), "utf8"))))
    .map((text) => ({ text, bytes: new TextEncoder().encode(text) }));
}

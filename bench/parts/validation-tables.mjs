// The tables of a measured validation, the same for every runtime.
import { VALIDATORS } from "../contenders.mjs";
import { ratio } from "../lib/interleave.mjs";
import { digits, table, times } from "../lib/markdown.mjs";

const label = ({ size, legal }) => `${size}${legal ? "" : ", with issues"}`;
const cell = (found) => (found === undefined ? "-" : digits(found.median));

/** @param {ReturnType<typeof import("../validation.mjs").measureValidation>} rows */
export function textTable(rows) {
  const peers = VALIDATORS.filter((name) => `JSON.parse + ${name}` in rows[0].text);
  return table(
    [
      "text, us a message",
      "validateJson, bytes",
      "of JSON.parse",
      "validateJson, string",
      "of JSON.parse",
      "JSON.parse alone",
      ...peers.map((name) => `JSON.parse + ${name}`),
    ],
    rows.map((row) => {
      const {
        "JSON.parse": parse,
        "validateJson(bytes)": ofBytes,
        "validateJson(string)": ofString,
      } = row.text;
      return [
        label(row),
        cell(ofBytes),
        `**${times(ratio(ofBytes, parse))}**`,
        cell(ofString),
        times(ratio(ofString, parse)),
        cell(parse),
        ...peers.map((name) => cell(row.text[`JSON.parse + ${name}`])),
      ];
    }),
  );
}

export function objectTable(rows) {
  const peers = VALIDATORS.filter((name) => name in rows[0].object);
  const together = "zod + JSON.stringify";
  return table(
    [
      "object, us a message",
      "validate",
      "of zod + JSON.stringify",
      "of valibot",
      together,
      "JSON.stringify alone",
      ...peers,
    ],
    rows.map(({ object, ...row }) => [
      label(row),
      cell(object["validate(object)"]),
      `**${times(ratio(object["validate(object)"], object[together]))}**`,
      times(ratio(object["validate(object)"], object.valibot)),
      cell(object[together]),
      cell(object["JSON.stringify"]),
      ...peers.map((name) => cell(object[name])),
    ]),
  );
}

/** One number of a measured validation. */
export function ratioOf(rows, size, kind, ours, theirs) {
  const row = rows.find((one) => one.size === size && one.legal);
  return ratio(row[kind][ours], row[kind][theirs]);
}

/** The aim for texts, in a runtime other than Node: V8's own parser is faster in newer versions. */
export function textAims(rows, where) {
  return ["1 KB", "4 KB"].map((size) => ({
    what: `\`validateJson\` of bytes, ${size}, of \`JSON.parse\`, in ${where}`,
    most: 0.75,
    aim: 0.33,
    is: ratioOf(rows, size, "text", "validateJson(bytes)", "JSON.parse"),
  }));
}

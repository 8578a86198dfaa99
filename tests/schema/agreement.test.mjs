// The schema agrees with the validation: what the schema refuses is an error on Messenger and on
// Instagram. Every legal fixture is broken in thousands of small ways, always the same ones. Needs
// the built package: `npm run build`.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { broken } from "./broken.mjs";

const built = new URL("../../pkg/node.js", import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

test("the schema refuses nothing that is valid", {
  skip: existsSync(built) ? false : "pkg/ is not built",
}, async () => {
  const { validateJson } = await import(built);
  const check = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    read("../../pkg-template/schema.json"),
  );
  const legal = readdirSync(new URL("../fixtures/legal/", import.meta.url), { recursive: true })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => read(`../fixtures/legal/${name}`));
  let invalid = 0;
  let refused = 0;
  for (const request of broken(legal)) {
    const json = JSON.stringify(request);
    const valid = ["messenger", "instagram"].some(
      (platform) => validateJson(json, { platform }).valid,
    );
    const passes = check(request);
    // The schema does not repeat for every member that null counts as absent: it refuses it.
    const nulls = json.includes(":null");
    assert.ok(
      passes || !valid || nulls,
      `valid, but refused: ${json}\n${JSON.stringify(check.errors, null, 2)}`,
    );
    invalid += valid ? 0 : 1;
    refused += passes ? 0 : 1;
  }
  // And the schema does not accept everything.
  assert.ok(
    refused > 1000 && refused > 0.9 * invalid,
    `the schema refuses ${refused} of ${invalid} invalid requests`,
  );
});

// Writes the pages that are generated from other files into pages/generated/.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeApi } from "./api.mjs";
import { documents } from "./documents.mjs";
import { errorsPage } from "./errors.mjs";
import { GENERATED, inRepository, inSite } from "./places.mjs";
import { rulesPage } from "./rules.mjs";

rmSync(GENERATED, { recursive: true, force: true });
const pages = {
  "rules/index.md": await rulesPage(),
  "errors/index.md": errorsPage(),
  ...documents(),
};
for (const [path, text] of Object.entries(pages)) {
  mkdirSync(dirname(join(GENERATED, path)), { recursive: true });
  writeFileSync(join(GENERATED, path), text);
}
await writeApi();
cpSync(inRepository("www", "public", "icon.svg"), inSite("pages", "public", "icon.svg"));

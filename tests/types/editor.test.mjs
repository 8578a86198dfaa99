// What an editor shows of the packed package's declarations, according to TypeScript's language
// server: the limit appears while typing.
import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { installTarball } from "../../scripts/lib/pack.mjs";
import { editor } from "./language-server.mjs";

const TEXT = `import { buildMessage } from "messenger-send";

buildMessage({ to: "4815162342", text: "hello", quick_replies: ["Yes"], metadata: "a note" });
buildMessage({ to: "4815162342", images: ["https://example.com/1.png"] });
buildMessage({ to: "4815162342", video: "https://example.com/1.mp4" });
buildMessage({ to: "4815162342", text: "Choose", buttons: [{ title: "Shop", url: "https://example.com" }] });
`;
const SHOWN = [
  ['text: "hello', /at most 2000 characters/],
  ["quick_replies", /At most 13/],
  ["metadata", /at most 1000 characters/],
  ["images", /at most 30 on Messenger, at most 10 on Instagram/],
  ["video", /at most 25 MB/],
  ["buttons", /1 to 3 items/],
];

let file;
before(async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "messenger-send-editor-")));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await installTarball(folder);
  const compilerOptions = { strict: true, module: "nodenext", target: "es2023", noEmit: true };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  writeFileSync(join(folder, "draft.ts"), TEXT);
  file = await editor(folder, "draft.ts", TEXT);
});
after(() => file?.close());

for (const [place, limit] of SHOWN) {
  const member = /^\w+/.exec(place)[0];
  test(`a hover over ${member} shows its limit`, { timeout: 60_000 }, async () => {
    assert.match((await file.hover(place)).replaceAll("\n", " "), limit);
  });
}

// What an editor shows of the packed package's declarations, according to TypeScript's language
// server: the limit appears while typing.
import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { installTarball } from "../../scripts/lib/pack.mjs";
import { editor } from "./language-server.mjs";
import { literals } from "./members.mjs";

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

// These have several declarations, of which an editor shows none. A card has at least one of four
// members, and a coupon one of two: each is optional in the other forms of its object. What a
// notification token allows is narrower than what other requests have.
const DECLARED_TWICE = [
  /\.elements\.(subtitle|image_url|default_action|buttons)(, alone)?$/,
  /\.coupon_(code|url)(, alone)?$/,
  /^request\.(recipient|messaging_type|message)$/,
];

let folder;
let file;
before(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "messenger-send-editor-")));
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

test("a hover over any member shows its description and its limits", {
  timeout: 300_000,
}, async () => {
  const { text, members } = literals();
  assert.ok(members.length > 1000);
  writeFileSync(join(folder, "members.ts"), text);
  const opened = await editor(folder, "members.ts", text);
  const undescribed = [];
  try {
    for (const { path, line, character, limits } of members) {
      const shown = await opened.hover({ line, character });
      // The declaration is in a fence, and the description follows it.
      const description = shown.split("\n```").at(1)?.trim() ?? "";
      const isShown = limits.every((limit) => new RegExp(`\\b${limit}\\b`).test(description));
      if (description === "" || !isShown) undescribed.push(path);
    }
  } finally {
    opened.close();
  }
  const unexpected = undescribed.filter((path) => !DECLARED_TWICE.some((it) => it.test(path)));
  assert.deepEqual(unexpected, []);
});

const CONTENTS = {
  text: '"a"',
  image: '"a"',
  audio: '"a"',
  video: '"a"',
  file: '"a"',
  images: '["a"]',
  template: '{ template_type: "calling_optin" }',
  utility: '{ name: "a", language: "en" }',
  sticker: "1",
  message: '{ text: "a" }',
  sender_action: '"typing_on"',
  react: '{ message_id: "m", reaction: "a" }',
  unreact: '{ message_id: "m" }',
};
const CALLS = {
  buildMessage: (draft) => `buildMessage(${draft});`,
  send: (draft) => `send(${draft}, { accessToken: "t" });`,
};

for (const [name, call] of Object.entries(CALLS)) {
  test(`${name}: after one content the others are no longer offered`, {
    timeout: 120_000,
  }, async () => {
    const contents = Object.keys(CONTENTS);
    const drafts = ["", ...contents.map((content) => `${content}: ${CONTENTS[content]}, `)];
    const lines = drafts.map((content) => call(`{ to: "1", ${content}${"\0"} }`));
    const text = `import { buildMessage, send } from "messenger-send";\n${lines.join("\n")}\n`;
    const file = `${name}.ts`;
    writeFileSync(join(folder, file), text.replaceAll("\0", ""));
    const opened = await editor(folder, file, text.replaceAll("\0", ""));
    try {
      const offered = await Promise.all(
        lines.map((line, at) =>
          opened.completions({ line: at + 1, character: line.indexOf("\0") }),
        ),
      );
      const [first, ...others] = offered;
      assert.deepEqual(
        contents.filter((content) => !first.includes(content)),
        [],
      );
      for (const [at, names] of others.entries()) {
        const shown = names.filter((it) => it in CONTENTS);
        assert.deepEqual(shown, [], `after ${contents[at]}`);
        assert.ok(names.includes("quick_replies"), `after ${contents[at]}`);
      }
    } finally {
      opened.close();
    }
  });
}

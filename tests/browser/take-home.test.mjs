// Links and code: what is taken away from the page says the same message again, and never a token.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import { OUTPUTS } from "../../www/code/outputs.js";
import { fromFragment, toFragment } from "../../www/model/share.js";
import { readPaste } from "../../www/paste/read.js";

const HOSTILE = 'it\'s "quoted" \\ $HOME `x` \u202Eשלום 👩‍👩‍👧\nline </script>';
const state = {
  platform: "instagram",
  request: { recipient: { id: "1" }, message: { text: HOSTILE, quick_replies: [{ content_type: "text", "odd-name": 1, __proto__x: null }] } },
};
const printed = (id, request = state.request) => OUTPUTS.find((output) => output.id === id).print({ ...state, request });

describe("a link", () => {
  for (const [kind, options] of [
    ["m", {}],
    ["j", { Compression: null }],
  ]) {
    it(`gives the message back (${kind})`, async () => {
      const fragment = await toFragment(state, options);
      assert.match(fragment, new RegExp(`^${kind}=[\\w-]+$`));
      assert.deepEqual(await fromFragment(`#${fragment}`), state);
    });
  }

  it("is compressed", async () => {
    const long = { platform: "messenger", request: { message: { text: "tea ".repeat(400) } } };
    assert.ok((await toFragment(long)).length < 300);
  });

  it("of something else is none, and a broken one says so", async () => {
    assert.equal(await fromFragment("#compose"), undefined);
    assert.equal(await fromFragment(""), undefined);
    await assert.rejects(fromFragment("#m=AAAA"));
    await assert.rejects(fromFragment("#j=e30"), /holds no message/);
  });

  it("does not unpack without end", async () => {
    const bomb = await toFragment({ platform: "messenger", request: "0".repeat(3 * 1024 * 1024) });
    await assert.rejects(fromFragment(bomb), /too much/);
  });
});

describe("code", () => {
  it("in curl's words is the same request for a shell, and for the page", () => {
    const command = printed("curl");
    const body = execFileSync("bash", ["-c", command.replace(/^curl/, 'last() { printf %s "${!#}"; }; last')], { encoding: "utf8" });
    assert.deepEqual(JSON.parse(body), state.request);
    assert.deepEqual(readPaste(command).request, state.request);
    assert.match(command, /\$PAGE_ACCESS_TOKEN/);
  });

  for (const id of ["typescript", "fetch"]) {
    it(`in ${id} evaluates to the same request`, () => {
      const [, literal] = /(?:SendRequest = |JSON\.stringify\()([\s\S]*?)(?:;\n\nconst receipt|\),\n\}\);)/.exec(printed(id));
      assert.deepEqual(new Function(`return ${literal}`)(), state.request);
    });
  }

  it("says the platform where it is not the usual one", () => {
    assert.match(printed("typescript"), /platform: "instagram"/);
  });

  it("never holds a token", () => {
    for (const { id } of OUTPUTS.filter(({ id }) => id !== "json"))
      assert.ok(!printed(id, { ...state.request, access_token: "EAAB" }).includes("EAAB"), id);
  });
});

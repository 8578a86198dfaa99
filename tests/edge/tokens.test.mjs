// Where the tokens of the Pages come from: secrets, or bindings to a Secrets Store.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hasToken, pageIds, pageToken } from "../../examples/cloudflare-worker/src/tokens.ts";

let stored = "the first";
const env = {
  PAGE_TOKEN_2: "a secret",
  PAGE_TOKEN_1: { get: async () => stored },
  PAGE_TOKEN_: "none",
  PAGE_TOKEN_a: "none",
  RATE_PER_SECOND: "300",
};

test("the Pages are those that have a token", () => {
  assert.deepEqual(pageIds(env), ["1", "2"]);
  assert.deepEqual(
    ["1", "2", "", "a", "3"].map((id) => hasToken(env, id)),
    [true, true, false, false, false],
  );
});

test("a secret is taken as it is, a Secrets Store is asked each time", async () => {
  assert.equal(await pageToken(env, "2"), "a secret");
  assert.equal(await pageToken(env, "1"), "the first");
  stored = "the second";
  assert.equal(await pageToken(env, "1"), "the second");
  await assert.rejects(pageToken(env, "3"), /no token of the Page 3/);
});

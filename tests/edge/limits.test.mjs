// What is configured: the calls of a key in a minute, and the origins whose pages may call.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { OTHER_KEY, pageId, startSender } from "./lib/sender.mjs";

const ORIGIN = "https://app.example";

let sender;
before(async () => {
  sender = await startSender({
    callsPerMinute: 3,
    vars: { ALLOWED_ORIGINS: `https://other.example, ${ORIGIN}` },
  });
});
after(() => sender?.stop());

test("a key that calls too often is told to wait; another one is not", async () => {
  // More calls than two minutes allow: some are over the limit, whenever a minute ends.
  const answers = [];
  for (let call = 0; call < 8; call += 1) {
    answers.push(await sender.get("/pages"));
  }
  const refused = answers.filter(({ status }) => status === 429);
  assert.ok(refused.length >= 2, "of eight calls three go in each minute");
  assert.equal(refused[0].headers.get("retry-after"), "60");
  assert.equal((await refused[0].json()).type, "urn:messenger-sender:problem:too-many-requests");
  assert.equal((await sender.get("/pages", OTHER_KEY)).status, 200);
});

test("pages of an origin that is configured may call, and no others", async () => {
  const headers = { Origin: ORIGIN, "Access-Control-Request-Method": "POST" };
  const preflight = await sender.fetch("/messages", { method: "OPTIONS", headers });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get("access-control-allow-origin"), ORIGIN);
  assert.match(preflight.headers.get("access-control-allow-headers"), /authorization/i);
  // An error can be read, too.
  const answer = await sender.fetch(`/pages/${pageId(0)}`, { headers: { Origin: ORIGIN } });
  assert.deepEqual(
    [answer.status, answer.headers.get("access-control-allow-origin")],
    [401, ORIGIN],
  );
  for (const origin of ["https://evil.example", "null", `${ORIGIN}.evil.example`]) {
    const refused = await sender.fetch("/messages", {
      method: "OPTIONS",
      headers: { Origin: origin },
    });
    assert.deepEqual(
      [refused.status, refused.headers.get("access-control-allow-origin")],
      [403, null],
    );
  }
});

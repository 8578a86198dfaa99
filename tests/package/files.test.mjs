// Files: `send` with `filedata` and `uploadAttachment`, of the packed package, against the local Graph.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { getEventListeners } from "node:events";
import { before, test } from "node:test";
import vm from "node:vm";
import { startGraph } from "../local-graph/server.mjs";
import * as step from "../local-graph/steps.mjs";
import { installed } from "./lib/project.mjs";
import { assertHoldsNone } from "./lib/secrets.mjs";

const TOKEN = 'EAABtest+token/with="&signs';
const SECRET = "0123456789abcdef0123456789abcdef";
const MEBIBYTE = 1024 * 1024;
const BYTES = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7919) % 256);
const IMAGE = {
  recipient: { id: "4815162342" },
  messaging_type: "RESPONSE",
  message: { attachment: { type: "image", payload: { is_reusable: true } } },
};
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

let api;
before(async () => {
  api = await installed();
});

function withGraph(name, body, options = {}) {
  test(name, { timeout: 60_000 }, async (t) => {
    const graph = await startGraph({ token: TOKEN, ...options });
    t.after(() => graph.close());
    const base = { accessToken: TOKEN, baseUrl: graph.url };
    await body({
      graph,
      send: (more = {}, request = IMAGE) => api.send(request, { ...base, ...more }),
      upload: (source, more = {}) => api.uploadAttachment(source, { ...base, ...more }),
    });
    for (const { path, query } of graph.requests) {
      assert.ok(!`${path}${JSON.stringify(query)}`.includes("EAAB"), "no token in an address");
    }
  });
}

async function failureOf(promise) {
  const error = await promise.then(
    () => assert.fail("it must fail"),
    (caught) => caught,
  );
  assert.ok(api.isSendError(error), String(error));
  assertHoldsNone(error, TOKEN, SECRET);
  return error;
}

async function assertRefused(promise, words) {
  const { kind, delivery, attempts, message } = await failureOf(promise);
  assert.deepEqual([kind, delivery, attempts], ["configuration", "not_sent", 0]);
  assert.match(message, words);
}

// --- A file beside a message ---

withGraph(
  "filedata: multipart, the members as fields, the file with its type and name",
  async ({ graph, send }) => {
    const sources = [
      [new File([BYTES], 'cat & "dog".png', { type: "image/png" }), 'cat & "dog".png', "image/png"],
      [new Blob([BYTES], { type: "image/png" }), "file", "image/png"],
      [BYTES, "file", "application/octet-stream"],
      [Buffer.from(BYTES), "file", "application/octet-stream"],
      [
        vm.runInNewContext("Uint8Array.from(bytes)", { bytes: [...BYTES] }),
        "file",
        "application/octet-stream",
      ],
    ];
    for (const [filedata, filename, type] of sources) {
      for (const encoding of ["form", "json"]) {
        graph.reset();
        const receipt = await send({ filedata, encoding });
        assert.equal(typeof receipt.attachment_id, "string");
        const [{ headers, params, files, method, path }] = graph.requests;
        assert.deepEqual([method, path], ["POST", "/v25.0/me/messages"]);
        assert.match(headers["content-type"], /^multipart\/form-data; *boundary=/);
        assert.deepEqual(params, {
          recipient: IMAGE.recipient,
          messaging_type: "RESPONSE",
          message: IMAGE.message,
          access_token: TOKEN,
        });
        assert.deepEqual(files, {
          filedata: { filename, type, size: BYTES.length, sha256: sha256(BYTES) },
        });
        assert.equal(graph.accepted.length, 1);
      }
    }
  },
);

withGraph(
  "filedata: what is changed in the array afterwards is not sent",
  async ({ graph, send }) => {
    const bytes = Uint8Array.from(BYTES);
    const sending = send({ filedata: bytes });
    bytes.fill(0);
    await sending;
    assert.equal(graph.requests[0].files.filedata.sha256, sha256(BYTES));
  },
);

withGraph(
  "filedata: with a proof, and sent again whole",
  async ({ graph, send }) => {
    graph.script(step.error({ code: 613 }));
    const receipt = await send({ filedata: BYTES, appSecret: SECRET, retry: { baseDelayMs: 1 } });
    assert.equal(receipt.attempts, 2);
    assert.equal(graph.accepted.length, 1);
    for (const { files, params } of graph.requests) {
      assert.equal(files.filedata.sha256, sha256(BYTES));
      assert.match(params.appsecret_proof, /^[0-9a-f]{64}$/);
    }
  },
  { appSecret: SECRET },
);

withGraph(
  "filedata: needs a medium without a source, and nothing is sent",
  async ({ graph, send }) => {
    const url = "https://example.org/a.png";
    const medium = (type, payload) => ({ ...IMAGE, message: { attachment: { type, payload } } });
    for (const request of [
      medium("image", { url }),
      medium("image", { attachment_id: "1" }),
      { ...IMAGE, message: { text: "x" } },
    ]) {
      await assertRefused(send({ filedata: BYTES }, request), /message\.attachment/);
    }
    for (const filedata of [{}, "text", 5, true, [1], url]) {
      await assertRefused(send({ filedata }), /filedata must be/);
    }
    await assertRefused(send({ filedata: new Uint8Array() }), /empty/);
    const invalid = await send(
      { filedata: BYTES },
      { ...IMAGE, message: { attachment: { type: "image" } } },
    ).catch((error) => error);
    assert.ok(api.isValidationError(invalid), "the rest of the request is checked");
    const without = await send({ filedata: null }).catch((error) => error);
    assert.deepEqual(
      without.issues?.map(({ code }) => code),
      ["media.no_source"],
      "without a file the request is not whole",
    );
    assert.equal(graph.requests.length, 0);
  },
);

withGraph(
  "filedata: 8 MB for images, 25 MB for others, checked before anything is sent",
  async ({ graph, send, upload }) => {
    for (const [type, most] of [
      ["image", 8 * MEBIBYTE],
      ["video", 25 * MEBIBYTE],
    ]) {
      const request = { ...IMAGE, message: { attachment: { type, payload: {} } } };
      await assertRefused(
        send({ filedata: new Uint8Array(most + 1) }, request),
        new RegExp(String(most)),
      );
      await assertRefused(upload(new Uint8Array(most + 1), { type }), new RegExp(String(most)));
      assert.equal(graph.requests.length, 0);
      await send({ filedata: new Uint8Array(most) }, request);
      assert.equal(graph.requests[0].files.filedata.size, most);
      graph.reset();
    }
  },
);

// --- An upload ---

withGraph("uploadAttachment: a file", async ({ graph, upload }) => {
  const { attachment_id, attempts, usage, ...rest } = await upload(
    new File([BYTES], "a.mp3", { type: "audio/mpeg" }),
  );
  assert.equal(typeof attachment_id, "string");
  assert.deepEqual([attempts, typeof usage, rest], [1, "object", {}]);
  const [{ method, path, params, files }] = graph.requests;
  assert.deepEqual([method, path], ["POST", "/v25.0/me/message_attachments"]);
  assert.deepEqual(params, {
    message: { attachment: { type: "audio", payload: { is_reusable: true } } },
    access_token: TOKEN,
  });
  assert.deepEqual(files, {
    filedata: { filename: "a.mp3", type: "audio/mpeg", size: BYTES.length, sha256: sha256(BYTES) },
  });
});

withGraph(
  "uploadAttachment: type, is_reusable, filename and platform",
  async ({ graph, upload }) => {
    await upload(BYTES, {
      type: "video",
      is_reusable: false,
      filename: "b.mp4",
      platform: "instagram",
      pageId: "77",
    });
    const [{ path, params, files }] = graph.requests;
    assert.equal(path, "/v25.0/77/message_attachments");
    assert.deepEqual(params, {
      platform: "instagram",
      message: { attachment: { type: "video", payload: { is_reusable: false } } },
      access_token: TOKEN,
    });
    assert.equal(files.filedata.filename, "b.mp4");
  },
);

withGraph(
  "uploadAttachment: an address, as a text or a URL, in both encodings",
  async ({ graph, upload }) => {
    for (const source of [
      "https://example.org/a.png?x=1",
      new URL("https://example.org/a.png?x=1"),
    ]) {
      for (const encoding of ["form", "json"]) {
        graph.reset();
        assert.equal(typeof (await upload(source, { encoding })).attachment_id, "string");
        const [{ headers, params }] = graph.requests;
        assert.match(headers["content-type"], encoding === "form" ? /urlencoded/ : /json/);
        assert.deepEqual(params.message, {
          attachment: {
            type: "image",
            payload: { url: "https://example.org/a.png?x=1", is_reusable: true },
          },
        });
      }
    }
  },
);

withGraph(
  "uploadAttachment: what cannot be is told before any request",
  async ({ graph, upload }) => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    for (const source of [undefined, null, 5, {}, [], Symbol("x"), () => {}, revoked.proxy]) {
      await assertRefused(upload(source), /source must be/);
    }
    await assertRefused(upload("a.png"), /absolute/);
    await assertRefused(upload("https://example.org/a"), /give the type/);
    await assertRefused(upload(new Uint8Array()), /empty/);
    for (const [options, words] of [
      [{ type: "template" }, /type must be/],
      [{ type: 1 }, /type must be/],
      [{ is_reusable: "yes" }, /is_reusable/],
      [{ filename: 5 }, /filename/],
      [{ filename: "" }, /filename/],
      [{ platform: "whatsapp" }, /platform/],
      [{ timeoutMs: -1 }, /timeoutMs/],
      [{ accessToken: "" }, /accessToken/],
      [{ fetch: "x" }, /fetch/],
    ]) {
      await assertRefused(upload(BYTES, options), words);
    }
    await assertRefused(api.uploadAttachment(BYTES), /options/);
    assert.equal(graph.requests.length, 0);
  },
);

withGraph("uploadAttachment: fails as a send does", async ({ graph, upload }) => {
  const failures = [
    [step.error({ code: 100, subcode: 2018047 }), "request", "rejected", 1],
    [step.okWithError({ code: 190 }), "auth", "rejected", 1],
    [step.error({ code: 2 }), "sent", undefined, 2],
    [step.html(502), "invalid_response", "unknown", 1],
    [step.resetBefore(), "network", "unknown", 1],
    [step.raw({ status: 200, body: { recipient_id: "1" } }), "invalid_response", "unknown", 1],
    [step.silence(), "timeout", "unknown", 1],
    [step.stall(), "timeout", "unknown", 1],
  ];
  for (const [script, kind, delivery, attempts] of failures) {
    graph.reset();
    graph.script(script);
    const { signal } = new AbortController();
    const outcome = await upload(BYTES, { timeoutMs: 300, retry: { baseDelayMs: 1 }, signal }).then(
      (receipt) => ["sent", undefined, receipt.attempts],
      (error) => {
        assertHoldsNone(error, TOKEN);
        return [error.kind, error.delivery, error.attempts];
      },
    );
    assert.deepEqual(outcome, [kind, delivery, attempts]);
    assert.equal(graph.requests.length, attempts);
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  }
  const aborted = await failureOf(upload(BYTES, { signal: AbortSignal.abort("early") }));
  assert.deepEqual(
    [aborted.kind, aborted.delivery, aborted.cause],
    ["aborted", "not_sent", "early"],
  );
});

withGraph(
  "a fetch of the caller's own gets the file as a FormData",
  async ({ graph, send, upload }) => {
    const calls = [];
    const own = (...given) => {
      calls.push(given);
      return fetch(...given);
    };
    await send({ filedata: BYTES, fetch: own });
    await upload(BYTES, { fetch: own });
    assert.ok(
      calls.every(
        ([url, init]) =>
          typeof url === "string" && init.body instanceof FormData && init.redirect === "manual",
      ),
    );
    assert.deepEqual(
      graph.requests.map(({ files }) => files.filedata.sha256),
      Array(2).fill(sha256(BYTES)),
    );
  },
);

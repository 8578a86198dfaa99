// Exercises messenger-send/testing in every runtime. Plain checks, since not every runtime has an
// assertion library.
import { fakeGraph, receipt, sendError, steps } from "../../pkg-template/testing/index.js";

const HELLO = { recipient: { id: "42" }, messaging_type: "RESPONSE", message: { text: "hello" } };
const ADDRESS = "https://graph.facebook.com/v25.0/me/messages";

/** By a reader where there is one: Chromium's `text()` says only that a stream of JavaScript's failed, not why. */
async function textOf(response) {
  if (response.body === undefined || response.body === null) {
    return response.text();
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    text += decoder.decode(read.value, { stream: true });
  }
  return text;
}

/** @returns {Promise<string[]>} what went wrong */
export async function exercise() {
  const wrong = [];
  const check = (name, is, wanted) => {
    const [left, right] = [JSON.stringify(is), JSON.stringify(wanted)];
    if (left !== right) {
      wrong.push(`${name}: ${left}, not ${right}`);
    }
  };
  const graph = fakeGraph({ token: ["EAABone", "EAABtwo"] });
  const form = (token = "EAABone") =>
    new URLSearchParams({
      recipient: '{"id":"42"}',
      message: '{"text":"hello"}',
      access_token: token,
    });
  const post = (body, init) => graph.fetch(ADDRESS, { method: "POST", body, ...init });

  const first = await post(form());
  check(
    "a form",
    [first.status, first.ok, await first.json()],
    [200, true, { recipient_id: "42", message_id: "m_fake1" }],
  );
  check(
    "its headers",
    [first.headers.get("facebook-api-version"), first.headers.get("nothing")],
    ["v25.0", null],
  );
  const headers = { "Content-Type": "application/json", Authorization: "Bearer EAABtwo" };
  const second = await post(JSON.stringify(HELLO), { headers });
  check("JSON", await second.json(), { recipient_id: "42", message_id: "m_fake2" });
  check(
    "Pages",
    graph.accepted.map(({ page }) => page),
    ["1234567890", "1234567891"],
  );
  check(
    "no token is kept",
    JSON.stringify([graph.requests, graph.accepted]).includes("EAAB"),
    false,
  );

  const denied = await post(form("EAABother"));
  check("a wrong token", [denied.status, (await denied.json()).error.code], [400, 190]);

  if (typeof FormData === "function" && typeof Blob === "function") {
    const upload = new FormData();
    upload.set("message", '{"attachment":{"type":"image","payload":{}}}');
    upload.set("access_token", "EAABone");
    upload.set("filedata", new Blob(["cat"], { type: "image/png" }), "cat.png");
    const answer = await graph.fetch(ADDRESS.replace("messages", "message_attachments"), {
      method: "POST",
      body: upload,
    });
    check("an upload", await answer.json(), { attachment_id: "1000000000000001" });
    const { filename, size } = graph.requests.at(-1).files.filedata;
    check("its file", [filename, size], ["cat.png", 3]);
  }

  const batch = JSON.stringify([
    {
      method: "POST",
      relative_url: "me/messages",
      body: "recipient=%7B%22id%22%3A%221%22%7D&message=%7B%22text%22%3A%22x%22%7D",
    },
    { method: "POST", relative_url: "me/messages", body: "" },
  ]);
  const items = await (
    await graph.fetch("https://graph.facebook.com/v25.0/", {
      method: "POST",
      body: new URLSearchParams({ batch, access_token: "EAABone" }),
    })
  ).json();
  check(
    "a batch",
    items.map(({ code }) => code),
    [200, 400],
  );

  graph.script(
    steps.throttle({ times: 1, regainMinutes: 3, retryAfter: 7 }),
    "halfJson",
    steps.html(502),
    steps.unreachable("ENOTFOUND"),
    steps.resetBefore(),
  );
  const throttled = await post(form());
  check(
    "throttle",
    [(await throttled.json()).error.code, throttled.headers.get("retry-after")],
    [613, "7"],
  );
  check(
    "its usage",
    JSON.parse(throttled.headers.get("x-business-use-case-usage"))["1234567890"][0]
      .estimated_time_to_regain_access,
    3,
  );
  check(
    "half an answer",
    await (await post(form())).json().then(
      () => "whole",
      ({ name }) => name,
    ),
    "SyntaxError",
  );
  check("a page", (await post(form())).status, 502);
  for (const code of ["ENOTFOUND", "ECONNRESET"]) {
    const error = await post(form()).catch((caught) => caught);
    check(code, [error.name, error.cause?.code], ["TypeError", code]);
  }

  // A response that never comes ends with the signal.
  for (const step of ["silence", "stall", "headersThenSilence"]) {
    graph.script(step);
    const controller = new AbortController();
    const answer = post(form(), { signal: controller.signal }).then(textOf);
    const outcome = answer.then(
      () => "settled",
      ({ name }) => name,
    );
    // A request that is aborted before it is read uses up no step.
    for (const before = graph.accepted.length; graph.accepted.length === before; ) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    controller.abort();
    check(step, await outcome, "AbortError");
  }
  graph.script(steps.resetInside(), steps.drip(1), steps.huge(200_000));
  check(
    "a reset inside",
    await textOf(await post(form())).then(
      () => "whole",
      ({ cause }) => cause?.code,
    ),
    "ECONNRESET",
  );
  check("drip", typeof (await (await post(form())).json()).message_id, "string");
  check("huge", (await textOf(await post(form()))).length, 200_000);

  check(
    "an error by hand",
    [sendError({ kind: "window", code: 10 }).name, sendError({ kind: "window" }).delivery],
    ["SendError", "rejected"],
  );
  check("a receipt by hand", receipt({ message_id: "m_1" }).message_id, "m_1");
  graph.reset();
  check(
    "reset",
    [graph.requests.length, (await (await post(form())).json()).message_id],
    [0, "m_fake1"],
  );
  return wrong;
}

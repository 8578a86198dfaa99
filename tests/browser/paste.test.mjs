// What people paste: requests as the documentation, terminals, code and tables have them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPaste } from "../../www/paste/read.js";

const HELLO = {
  recipient: { id: "7001002003004005" },
  messaging_type: "RESPONSE",
  message: { text: "hello,world" },
};

describe("one request", () => {
  const cases = {
    "the reference's own curl, with single quotes inside double ones": `curl -i -X POST "https://graph.facebook.com/LATEST-API-VERSION/PAGE-ID/messages" \\
      -d "recipient={'id':'7001002003004005'}" \\
      -d "messaging_type=RESPONSE" \\
      -d "message={'text':'hello,world'}" \\
      -d "access_token=PAGE-ACCESS-TOKEN"`,
    "curl with a JSON body": `curl -X POST -H "Content-Type: application/json" -d '{"recipient":{"id":"7001002003004005"},"messaging_type":"RESPONSE","message":{"text":"hello,world"}}' "https://graph.facebook.com/v25.0/me/messages?access_token=T"`,
    "curl with form parts": `curl -F 'recipient={"id":"7001002003004005"}' -F messaging_type=RESPONSE -F 'message={"text":"hello,world"}' https://graph.facebook.com/v2.6/me/messages`,
    "curl with everything in the address": `$ curl -X POST "https://graph.facebook.com/v25.0/1/messages?recipient={'id':'7001002003004005'}&messaging_type=RESPONSE&message={'text':'hello,world'}&access_token=T"`,
    "curl of Windows": `curl.exe -X POST ^\r\n -d "recipient={\\"id\\":\\"7001002003004005\\"}" ^\r\n --data-urlencode "messaging_type=RESPONSE" ^\r\n -d "message={\\"text\\":\\"hello,world\\"}" https://graph.facebook.com/v25.0/me/messages`,
    "JSON with curly quotes and a comma too many":
      "{ “recipient”: {“id”: “7001002003004005”}, “messaging_type”: “RESPONSE”, “message”: {“text”: “hello,world”}, }",
    code: 'const receipt = await send({ recipient: { id: "7001002003004005" }, messaging_type: "RESPONSE", message: { text: `hello,world` } }, { accessToken });',
    Python:
      "{'recipient': {'id': '7001002003004005'}, 'messaging_type': 'RESPONSE', 'message': {'text': 'hello,world'}}",
    "an HTTP request":
      'POST /v25.0/me/messages HTTP/1.1\nHost: graph.facebook.com\n\n{"recipient":{"id":"7001002003004005"},"messaging_type":"RESPONSE","message":{"text":"hello,world"}}',
    "form fields":
      "recipient=%7B%22id%22%3A%227001002003004005%22%7D&messaging_type=RESPONSE&message=%7B%22text%22%3A%22hello%2Cworld%22%7D&access_token=T",
  };
  for (const [name, text] of Object.entries(cases)) {
    it(`is read from ${name}`, () => {
      const found = readPaste(text);
      assert.equal(found.kind, "one");
      assert.deepEqual(found.request, HELLO);
    });
  }

  it("keeps what quotes and escapes mean", () => {
    const text = (pasted) => readPaste(pasted).request.message.text;
    assert.equal(
      text(
        `curl -d '{"recipient":{"id":"1"},"message":{"text":"Don'\\''t & b=c"}}' https://x.example`,
      ),
      "Don't & b=c",
    );
    assert.equal(
      text(`curl -d 'message={"text":"a&b=c"}' -d 'recipient={"id":"1"}' https://x.example`),
      "a&b=c",
    );
    assert.equal(
      text(
        `curl --data-raw $'{"recipient":{"id":"1"},"message":{"text":"it\\'s \\\\u00e9"}}' https://x.example`,
      ),
      "it's é",
    );
    assert.equal(
      text("{'recipient':{'id':'1'},'message':{'text':'don't \\'go\\' 👋'}}"),
      "don't 'go' 👋",
    );
    assert.equal(
      text('{recipient: {id: <PSID>}, message: {text: "https://a.example/#b"}} // sample'),
      "https://a.example/#b",
    );
  });

  it("takes strict JSON as it stands, whatever it says", () => {
    for (const text of [
      '{"a": 1, "a": 2}',
      "5",
      "null",
      '"text"',
      "[]",
      '{"message":{"text":7}}',
    ]) {
      const found = readPaste(text);
      assert.deepEqual([found.kind, found.source, found.request], ["one", text, JSON.parse(text)]);
    }
  });

  it("keeps no access token", () => {
    const secret = "EAABsecrettoken";
    for (const text of [
      `{"recipient":{"id":"1"},"access_token":"${secret}"}`,
      `curl -d '{"recipient":{"id":"1"},"access_token":"${secret}"}' "https://graph.facebook.com/me/messages?access_token=${secret}"`,
      `recipient={"id":"1"}&access_token=${secret}`,
      `{"recipient":{"id":"1"},"access_token":"${secret}"}\n{"recipient":{"id":"2"}}`,
    ]) {
      assert.ok(!JSON.stringify(readPaste(text)).includes(secret), text);
    }
  });

  it("keeps long numbers what they are", () => {
    const { request, notes } = readPaste(
      '{"recipient":{"id":24012345678901234567},"message":{"sticker_id":369239263222822,"text":"12345678901234567890 \\" 1"},"x":-1.12345678901234567}',
    );
    assert.deepEqual(request, {
      recipient: { id: "24012345678901234567" },
      message: { sticker_id: 369239263222822, text: '12345678901234567890 " 1' },
      x: -1.1234567890123457,
    });
    assert.match(notes.join(), /round/);
  });

  it("says what it cannot take over", () => {
    const { request, notes } = readPaste(
      `curl -F 'recipient={"id":"1"}' -F 'message={"attachment":{"type":"image","payload":{}}}' -F 'filedata=@/tmp/a.png;type=image/png' https://x.example`,
    );
    assert.deepEqual(Object.keys(request), ["recipient", "message"]);
    assert.match(notes.join(), /filedata is a file/);
  });

  it("finds nothing where nothing is", () => {
    for (const text of [
      "",
      "  ",
      "hello there",
      '{"recipient": ',
      "{}}}",
      "curl https://example.org",
      "a,b\n1,2",
      "{".repeat(5000),
    ])
      assert.equal(readPaste(text), undefined, text.slice(0, 20));
  });

  it("is read from members without the braces around them", () => {
    assert.deepEqual(readPaste('"recipient": {"id": "1"},\n"message": {"text": "x"}').request, {
      recipient: { id: "1" },
      message: { text: "x" },
    });
  });

  it("is looked for in time that grows with the text only", () => {
    // Each of these took minutes where a part of it was read again and again.
    for (const part of ['"\\', "`${", "/*\n", "{a:", "a(\n", "$A", "f'", "[{'a':", "a.b", "'a'+"])
      readPaste(`x ${part.repeat(300_000 / part.length)}`);
    for (const part of ['"\\', "{", "["]) readPaste(part.repeat(500_000 / part.length));
  });

  it("keeps a member called __proto__ a member", () => {
    const { request } = readPaste("{'recipient': {'id': '1'}, '__proto__': {'polluted': 1}}");
    assert.ok(Object.hasOwn(request, "__proto__"));
    assert.equal({}.polluted, undefined);
  });
});

describe("many requests", () => {
  it("are read from JSON lines, with the lines that are none", () => {
    const { kind, items } = readPaste(
      '{"recipient":{"id":"1"}}\n\n{"recipient":}\n{"to":"2","text":"b"}',
    );
    assert.equal(kind, "many");
    assert.deepEqual(items, [
      { line: 1, request: { recipient: { id: "1" } } },
      { line: 3, problem: "This line is no JSON." },
      { line: 4, request: { to: "2", text: "b" } },
    ]);
  });

  it("are read from a JSON list", () => {
    assert.deepEqual(
      readPaste('[{"recipient":{"id":"1"}},{"recipient":{"id":"2"}}]').items.map(
        ({ request }) => request.recipient.id,
      ),
      ["1", "2"],
    );
  });

  it("are read from a table with texts of its own", () => {
    const { items } = readPaste('psid,text,tag\n1,"Hi, ""you""\nthere",\n2,b,HUMAN_AGENT\n');
    assert.deepEqual(items, [
      {
        line: 2,
        request: {
          messaging_type: "RESPONSE",
          recipient: { id: "1" },
          message: { text: 'Hi, "you"\nthere' },
        },
      },
      {
        line: 3,
        request: {
          messaging_type: "RESPONSE",
          recipient: { id: "2" },
          message: { text: "b" },
          tag: "HUMAN_AGENT",
        },
      },
    ]);
  });

  it("fill the composed message where a table brings none", () => {
    const base = {
      recipient: { id: "0" },
      messaging_type: "UPDATE",
      message: { text: "Hi {{ name }}, {{other}}" },
    };
    const { items } = readPaste("recipient;name\n1;Ana\n2;Bo;3", base);
    assert.deepEqual(items[0].request, {
      recipient: { id: "1" },
      messaging_type: "UPDATE",
      message: { text: "Hi Ana, {{other}}" },
    });
    assert.match(items[1].problem, /3 cells/);
  });
});

describe("a part of a request", () => {
  const base = { recipient: { id: "7001002003004005" }, message: { text: "Choose" } };
  const read = (value) =>
    readPaste(typeof value === "string" ? value : JSON.stringify(value), base);
  const button = { type: "postback", title: "Buy", payload: "BUY" };
  const payload = { template_type: "generic", elements: [{ title: "Kettle" }] };
  const wrapped = (message) => ({ recipient: base.recipient, messaging_type: "RESPONSE", message });
  const cases = {
    "a message": [{ text: "a" }, wrapped({ text: "a" })],
    "a template": [payload, wrapped({ attachment: { type: "template", payload } })],
    "an attachment": [
      { type: "image", payload: { url: "https://a.example/b.png" } },
      wrapped({ attachment: { type: "image", payload: { url: "https://a.example/b.png" } } }),
    ],
    "a button": [
      button,
      wrapped({
        attachment: {
          type: "template",
          payload: { template_type: "button", text: "Choose", buttons: [button] },
        },
      }),
    ],
    buttons: [
      [button, { type: "web_url", title: "Open", url: "https://a.example" }],
      wrapped({
        attachment: {
          type: "template",
          payload: {
            template_type: "button",
            text: "Choose",
            buttons: [button, { type: "web_url", title: "Open", url: "https://a.example" }],
          },
        },
      }),
    ],
    "quick replies": [
      [{ content_type: "text", title: "a", payload: "b" }],
      wrapped({
        text: "Choose",
        quick_replies: [{ content_type: "text", title: "a", payload: "b" }],
      }),
    ],
    "an element": [
      { title: "Kettle", subtitle: "1.7 l" },
      wrapped({
        attachment: {
          type: "template",
          payload: { template_type: "generic", elements: [{ title: "Kettle", subtitle: "1.7 l" }] },
        },
      }),
    ],
    "a request without a recipient": [
      { message: { text: "a" } },
      { recipient: base.recipient, message: { text: "a" } },
    ],
    "a template in code": [
      'const payload = { template_type: "generic", elements: [{ title: "Kettle" }] };',
      wrapped({ attachment: { type: "template", payload } }),
    ],
  };
  for (const [what, [given, request]] of Object.entries(cases)) {
    it(`is put into one: ${what}`, () => {
      const found = read(given);
      assert.deepEqual([found.kind, found.request], ["one", request]);
    });
  }

  const event = (messaging, object = "page") => ({
    object,
    entry: [{ id: "1234567890", time: 1, messaging: [messaging] }],
  });
  const people = {
    sender: { id: "7001002003004009" },
    recipient: { id: "1234567890" },
    timestamp: 1764290000000,
  };

  it("of a webhook is answered: to the sender, as a reply to the message", () => {
    const found = read(event({ ...people, message: { mid: "m_in-1", text: "Is it in stock?" } }));
    assert.deepEqual(found.request, {
      recipient: { id: "7001002003004009" },
      messaging_type: "RESPONSE",
      message: { text: "" },
      reply_to: { mid: "m_in-1" },
    });
    assert.deepEqual([found.platform, found.inboundAt], ["messenger", 1764290000000]);
    assert.match(found.notes.join(), /Is it in stock\?/);
    const tapped = read(
      event({ ...people, postback: { mid: "m_in-2", title: "Buy", payload: "BUY" } }, "instagram"),
    );
    assert.equal(tapped.request.reply_to, undefined, "a postback is no message");
    assert.equal(tapped.platform, "instagram");
  });

  it("is none where it is the Page's own echo", () => {
    assert.notEqual(
      read(event({ ...people, message: { mid: "m_1", text: "a", is_echo: true } })).from,
      "a webhook event (JSON)",
    );
  });
});

describe("the platform", () => {
  it("is that of the host", () => {
    const curl = (host) =>
      readPaste(
        `curl -X POST "https://${host}/v25.0/me/messages" -d '{"recipient":{"id":"1"},"message":{"text":"a"}}'`,
      );
    assert.equal(curl("graph.instagram.com").platform, "instagram");
    assert.equal(curl("graph.facebook.com").platform, undefined);
    assert.equal(
      readPaste(
        'await fetch("https://graph.instagram.com/v25.0/me/messages", { body: JSON.stringify({ recipient: { id: "1" }, message: { text: "a" } }) })',
      ).platform,
      "instagram",
    );
  });
});

describe("variables", () => {
  const cases = {
    "names of JavaScript": [
      'send({ recipient: { id: event.sender.id }, messaging_type: "RESPONSE", message: { text } })',
      ["event.sender.id", "text"],
      {
        recipient: { id: "{{event.sender.id}}" },
        messaging_type: "RESPONSE",
        message: { text: "{{text}}" },
      },
    ],
    templates: [
      "send({ recipient: { id: psid }, message: { text: `Hello ${user.name}!` } })",
      ["psid", "user.name"],
      { recipient: { id: "{{psid}}" }, message: { text: "Hello {{user.name}}!" } },
    ],
    "texts that are put together": [
      'send({ recipient: { id: psid }, message: { text: "Hello " + name + "!" } })',
      ["psid", "name"],
      { recipient: { id: "{{psid}}" }, message: { text: "Hello {{name}}!" } },
    ],
    "subscripts and f-strings of Python": [
      "{'recipient': {'id': user['id']}, 'message': {'text': f\"Hi {name}!\"}}",
      ["user.id", "name"],
      { recipient: { id: "{{user.id}}" }, message: { text: "Hi {{name}}!" } },
    ],
    PHP: [
      "Http::post($url, ['recipient' => ['id' => $user->psid], 'message' => ['text' => 'Hello ' . $name]]);",
      ["user.psid", "name"],
      { recipient: { id: "{{user.psid}}" }, message: { text: "Hello {{name}}" } },
    ],
    Ruby: [
      '{ "recipient" => { "id" => psid }, message: { text: "a" } }',
      ["psid"],
      { recipient: { id: "{{psid}}" }, message: { text: "a" } },
    ],
    Rust: [
      'let body = json!({ "recipient": { "id": psid }, "message": { "text": format!("Hi {}", name) } });',
      ["psid", "format"],
      { recipient: { id: "{{psid}}" }, message: { text: "{{format}}" } },
    ],
    calls: [
      'await client.send({ to: user.psid, text: t("greeting", { name }) })',
      ["user.psid", "t"],
      { to: "{{user.psid}}", text: "{{t}}" },
    ],
    "quoted placeholders of the documentation": [
      `curl -d '{"recipient":{"id":"<PSID>"},"message":{"text":"a <b> c"}}' https://graph.facebook.com/v25.0/me/messages`,
      ["PSID"],
      { recipient: { id: "{{PSID}}" }, message: { text: "a <b> c" } },
    ],
    "a text that begins with one": [
      '{recipient: {id: "1"}, message: {text: name + ", hi"}}',
      ["name"],
      { recipient: { id: "1" }, message: { text: "{{name}}, hi" } },
    ],
    Python: [
      "requests.post(url, json={'recipient': {'id': psid}, 'message': {'text': f'Hello {name}'}})",
      ["psid", "name"],
      { recipient: { id: "{{psid}}" }, message: { text: "Hello {{name}}" } },
    ],
    "placeholders of the documentation": [
      '{recipient: {id: <PSID>}, message: {text: "a"}}',
      ["PSID"],
      { recipient: { id: "{{PSID}}" }, message: { text: "a" } },
    ],
    "a shell": [
      `curl -d '{"recipient":{"id":"'$PSID'"},"message":{"text":"$5 is the price"}}' https://graph.facebook.com/v25.0/me/messages`,
      ["PSID"],
      { recipient: { id: "{{PSID}}" }, message: { text: "$5 is the price" } },
    ],
  };
  for (const [name, [text, variables, request]] of Object.entries(cases)) {
    it(`are named and stand as {{names}}: ${name}`, () => {
      const found = readPaste(text);
      assert.deepEqual(found.request, request);
      assert.deepEqual(found.variables.toSorted(), variables.toSorted());
    });
  }

  it("are no words of the API, and no literals", () => {
    const { request, variables } = readPaste(
      "{recipient: {id: '1'}, messaging_type: RESPONSE, message: {attachment: {type: image, payload: {is_reusable: true}}}}",
    );
    assert.deepEqual(variables, []);
    assert.deepEqual(
      [request.messaging_type, request.message.attachment],
      ["RESPONSE", { type: "image", payload: { is_reusable: true } }],
    );
  });
});

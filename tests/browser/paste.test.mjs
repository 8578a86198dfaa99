// What people paste: requests as the documentation, terminals, code and tables have them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPaste } from "../../www/paste/read.js";

const HELLO = { recipient: { id: "PSID" }, messaging_type: "RESPONSE", message: { text: "hello,world" } };

describe("one request", () => {
  const cases = {
    "the reference's own curl, with single quotes inside double ones": `curl -i -X POST "https://graph.facebook.com/LATEST-API-VERSION/PAGE-ID/messages" \\
      -d "recipient={'id':'PSID'}" \\
      -d "messaging_type=RESPONSE" \\
      -d "message={'text':'hello,world'}" \\
      -d "access_token=PAGE-ACCESS-TOKEN"`,
    "curl with a JSON body": `curl -X POST -H "Content-Type: application/json" -d '{"recipient":{"id":"PSID"},"messaging_type":"RESPONSE","message":{"text":"hello,world"}}' "https://graph.facebook.com/v25.0/me/messages?access_token=T"`,
    "curl with form parts": `curl -F 'recipient={"id":"PSID"}' -F messaging_type=RESPONSE -F 'message={"text":"hello,world"}' https://graph.facebook.com/v2.6/me/messages`,
    "curl with everything in the address": `$ curl -X POST "https://graph.facebook.com/v25.0/1/messages?recipient={'id':'PSID'}&messaging_type=RESPONSE&message={'text':'hello,world'}&access_token=T"`,
    "curl of Windows": `curl.exe -X POST ^\r\n -d "recipient={\\"id\\":\\"PSID\\"}" ^\r\n --data-urlencode "messaging_type=RESPONSE" ^\r\n -d "message={\\"text\\":\\"hello,world\\"}" https://graph.facebook.com/v25.0/me/messages`,
    "JSON with curly quotes and a comma too many":
      "{ “recipient”: {“id”: “PSID”}, “messaging_type”: “RESPONSE”, “message”: {“text”: “hello,world”}, }",
    code: 'const receipt = await send({ recipient: { id: "PSID" }, messaging_type: "RESPONSE", message: { text: `hello,world` } }, { accessToken });',
    Python: "{'recipient': {'id': 'PSID'}, 'messaging_type': 'RESPONSE', 'message': {'text': 'hello,world'}}",
    "an HTTP request":
      'POST /v25.0/me/messages HTTP/1.1\nHost: graph.facebook.com\n\n{"recipient":{"id":"PSID"},"messaging_type":"RESPONSE","message":{"text":"hello,world"}}',
    "form fields": "recipient=%7B%22id%22%3A%22PSID%22%7D&messaging_type=RESPONSE&message=%7B%22text%22%3A%22hello%2Cworld%22%7D&access_token=T",
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
    assert.equal(text(`curl -d '{"recipient":{"id":"1"},"message":{"text":"Don'\\''t & b=c"}}' https://x.example`), "Don't & b=c");
    assert.equal(text(`curl -d 'message={"text":"a&b=c"}' -d 'recipient={"id":"1"}' https://x.example`), "a&b=c");
    assert.equal(text(`curl --data-raw $'{"recipient":{"id":"1"},"message":{"text":"it\\'s \\\\u00e9"}}' https://x.example`), "it's é");
    assert.equal(text("{'recipient':{'id':'1'},'message':{'text':'don't \\'go\\' 👋'}}"), "don't 'go' 👋");
    assert.equal(text('{recipient: {id: <PSID>}, message: {text: "https://a.example/#b"}} // sample'), "https://a.example/#b");
  });

  it("takes strict JSON as it stands, whatever it says", () => {
    for (const text of ['{"a": 1, "a": 2}', "5", "null", '"text"', "[]", '{"message":{"text":7}}']) {
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
      x: -1.12345678901234567,
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
    for (const text of ["", "  ", "hello there", '{"recipient": ', "{}}}", "curl https://example.org", "a,b\n1,2", "{".repeat(5000)])
      assert.equal(readPaste(text), undefined, text.slice(0, 20));
  });

  it("keeps a member called __proto__ a member", () => {
    const { request } = readPaste("{'recipient': {'id': '1'}, '__proto__': {'polluted': 1}}");
    assert.ok(Object.hasOwn(request, "__proto__"));
    assert.equal({}.polluted, undefined);
  });
});

describe("many requests", () => {
  it("are read from JSON lines, with the lines that are none", () => {
    const { kind, items } = readPaste('{"recipient":{"id":"1"}}\n\n{"recipient":}\n{"to":"2","text":"b"}');
    assert.equal(kind, "many");
    assert.deepEqual(items, [
      { line: 1, request: { recipient: { id: "1" } } },
      { line: 3, problem: "This line is no JSON." },
      { line: 4, request: { to: "2", text: "b" } },
    ]);
  });

  it("are read from a JSON list", () => {
    assert.deepEqual(
      readPaste('[{"recipient":{"id":"1"}},{"recipient":{"id":"2"}}]').items.map(({ request }) => request.recipient.id),
      ["1", "2"],
    );
  });

  it("are read from a table with texts of its own", () => {
    const { items } = readPaste('psid,text,tag\n1,"Hi, ""you""\nthere",\n2,b,HUMAN_AGENT\n');
    assert.deepEqual(items, [
      { line: 2, request: { messaging_type: "RESPONSE", recipient: { id: "1" }, message: { text: 'Hi, "you"\nthere' } } },
      { line: 3, request: { messaging_type: "RESPONSE", recipient: { id: "2" }, message: { text: "b" }, tag: "HUMAN_AGENT" } },
    ]);
  });

  it("fill the composed message where a table brings none", () => {
    const base = { recipient: { id: "0" }, messaging_type: "UPDATE", message: { text: "Hi {{ name }}, {{other}}" } };
    const { items } = readPaste("recipient;name\n1;Ana\n2;Bo;3", base);
    assert.deepEqual(items[0].request, { recipient: { id: "1" }, messaging_type: "UPDATE", message: { text: "Hi Ana, {{other}}" } });
    assert.match(items[1].problem, /3 cells/);
  });
});

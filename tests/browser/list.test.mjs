// The list that is sent to many: how it is read and checked, and the file of what became of it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as api from "../../pkg/node.js";
import { readList } from "../../www/send/list.js";
import { rowOf, toCsv, toJsonLines } from "../../www/send/results.js";

const read = (text, base = {}) => readList(text, { api, platform: "messenger", base });

describe("the list", () => {
  it("builds drafts, keeps requests, and says what is wrong with which line", () => {
    const list = read(
      '{"to":"1","text":"a"}\n{"recipient":{"id":"2"},"messaging_type":"RESPONSE","message":{"text":""}}\n{"to":"3","text":"b"}\nno JSON',
    );
    assert.deepEqual(list.items[0], {
      line: 1,
      request: { recipient: { id: "1" }, messaging_type: "RESPONSE", message: { text: "a" } },
    });
    assert.deepEqual(
      list.wrong.map(({ line }) => line),
      [2, 4],
    );
    assert.match(list.summary, /^4 messages from JSON lines: 2 can be sent, 2 cannot\./);
  });

  it("takes a single request, and nothing from nothing", () => {
    assert.equal(
      read('{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"a"}}').items
        .length,
      1,
    );
    assert.deepEqual(read("  "), { items: [], wrong: [], doubled: [], summary: "" });
  });
});

describe("the file", () => {
  const request = { recipient: { id: "=1+1" }, message: { text: "a" } };
  const rows = [
    rowOf({ line: 1, request }, { status: "sent", receipt: { message_id: "m_1", attempts: 1 } }),
    rowOf(
      { line: 2, request },
      {
        status: "failed",
        error: {
          kind: "auth",
          delivery: "rejected",
          code: 190,
          message: 'said "no",\nand why',
          hint: "a new token",
        },
      },
    ),
    rowOf({ line: 3, problem: "3 cells" }),
  ];

  it("has a row for each message, and runs nothing in a spreadsheet", () => {
    assert.deepEqual(toCsv(rows).split("\r\n"), [
      "line,recipient,status,message_id,kind,delivery,code,message,hint",
      "1,'=1+1,sent,m_1,,,,,",
      '2,\'=1+1,failed,,auth,rejected,190,"said ""no"",\nand why",a new token',
      "3,,not_sent,,,,,3 cells,",
      "",
    ]);
  });

  it("says the same as JSON lines, without what is empty", () => {
    const lines = toJsonLines(rows)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(lines[0], { line: 1, recipient: "=1+1", status: "sent", message_id: "m_1" });
    assert.equal(lines[1].code, 190);
    assert.deepEqual(lines[2], { line: 3, status: "not_sent", message: "3 cells" });
  });
});

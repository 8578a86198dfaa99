// Which Host and Origin a server on this machine answers.
import assert from "node:assert/strict";
import { it } from "node:test";
import { isLoopbackOrigin, refusalOf } from "../../scripts/lib/own-site.mjs";

const statusOf = (headers, socket, isWelcome) => refusalOf({ headers, socket }, isWelcome)?.status;

it("answers by the address of its socket, and by no other", () => {
  const lan = { localAddress: "192.168.1.5", localPort: 80 };
  assert.equal(statusOf({ host: "192.168.1.5" }, lan), undefined);
  assert.equal(statusOf({ host: "192.168.1.5:80" }, lan), undefined);
  assert.equal(statusOf({ host: "192.168.1.6" }, lan), 421);
  const six = { localAddress: "fd00::5", localPort: 4173 };
  assert.equal(statusOf({ host: "[fd00::5]:4173" }, six), undefined);
  assert.equal(statusOf({ host: "fd00::5:4173" }, six), 421);
  const mapped = { localAddress: "::ffff:10.0.0.5", localPort: 4173 };
  assert.equal(statusOf({ host: "10.0.0.5:4173" }, mapped), undefined);
});

it("refuses a request without a Host, and one of a socket that is gone", () => {
  assert.equal(statusOf({}, { localAddress: "127.0.0.1", localPort: 80 }), 421);
  assert.equal(statusOf({ host: "127.0.0.1" }, {}), 421);
  assert.equal(statusOf({ host: "" }, { localAddress: "", localPort: 80 }), 421);
});

it("answers the origins that are welcome beside its own", () => {
  const socket = { localAddress: "127.0.0.1", localPort: 4100 };
  const from = (origin) => statusOf({ host: "127.0.0.1:4100", origin }, socket, isLoopbackOrigin);
  for (const origin of ["http://127.0.0.1:4173", "http://localhost", "https://[::1]:3000"]) {
    assert.equal(from(origin), undefined, origin);
  }
  for (const origin of [
    "null",
    "",
    "https://evil.example",
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example:80",
    "http://localhost@evil.example",
    "http://evil.example/http://localhost",
    "file://",
    "https://localhost:3000/",
  ]) {
    assert.equal(from(origin), 403, origin);
  }
});

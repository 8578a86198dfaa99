// The model test finds what it should: each fault is planted in a copy of the sender, and some history must fail.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { at } from "../../scripts/lib/root.mjs";
import { playHistory } from "./model/history.mjs";

const SENDER = at("examples", "cloudflare-worker", "src", "sender");
const HISTORIES = 10_000;

/** What is wrong, in which file, and what stands there instead. */
const FAULTS = [
  [
    "what is unknown is sent again at once",
    "message.ts",
    'return delivery !== "unknown" && (retryable || isOurs);',
    'return delivery === "unknown" || retryable || isOurs;',
    'if (failure.delivery === "unknown") {',
    'if (failure.delivery === "unknown" && !mayRepeat(failure)) {',
  ],
  [
    "what was under way when the object went away is sent again",
    "page-sender.ts",
    "this.#change(message, interrupted(message, this.#world.now(), this.#settings));",
    'this.#change(message, { ...message, status: "queued" });',
  ],
  [
    "that a request goes out is not stored before it does",
    "page-sender.ts",
    "this.#change(message, sending);",
    "queueMicrotask(() => setTimeout(() => this.#change(message, sending)));",
  ],
  [
    "later messages to a person do not wait for earlier ones",
    "page-sender.ts",
    'const before = this.#store.openBefore(message.recipient ?? "", message.seq);',
    'const before = undefined as ReturnType<Store["openBefore"]>;',
  ],
  [
    "a message that goes at once overtakes those that wait",
    "page-sender.ts",
    "const turn = before === undefined ? 0 : 1000;",
    "const turn = before === undefined ? 0 : 0;",
  ],
  [
    "nothing wakes the object for a message that went past the queue",
    "page-sender.ts",
    "this.#world.wakeAt(this.#world.now() + this.#settings.requeueMs);",
    "",
  ],
  ["a pause is not kept", "pauses.ts", "return pause.until - now;", "return 0;"],
  [
    "the rate is not kept",
    "pace.ts",
    "this.#due = Math.max(this.#due, this.#clock.now() - CREDIT_MS) + this.#intervalMs;",
    "this.#due = this.#clock.now();",
  ],
  [
    "the rate of an object's earlier life is forgotten",
    "page-sender.ts",
    "const notBefore = wasInterrupted ? world.now() + 1000 : (state?.paceDue ?? 0);",
    "const notBefore = wasInterrupted ? 0 : 0;",
  ],
  [
    "an idempotency key is forgotten",
    "page-sender.ts",
    "idempotencyKey === null ? undefined : this.#store.byKey(idempotencyKey)?.message;",
    "idempotencyKey === null ? undefined : (undefined as Message | undefined);",
    "idempotencyKey: posted.idempotencyKey,",
    "idempotencyKey: null,",
  ],
  [
    "a message that was put off is deleted, though another caller knows its id",
    "page-sender.ts",
    "this.#shared.add(known.seq);",
    "",
  ],
  [
    "an echo is ignored",
    "page-sender.ts",
    "this.#change(message, echoed(message, mid, now));",
    "void mid;",
  ],
  [
    "an echo that comes before the answer is overwritten",
    "message.ts",
    'if (message.status !== "sending") {',
    'if (message.status === "queued") {',
  ],
  [
    "a message is sent again before the time for its echo has passed",
    "message.ts",
    "message.deadline === null || now < message.deadline",
    "message.deadline === null",
    "const deadline = message.hasEcho ? now + settings.echoWaitMs : null;",
    "const deadline = message.hasEcho ? now + settings.echoWaitMs / 10 : null;",
  ],
  [
    "a refusal hides that an earlier attempt may have arrived",
    "message.ts",
    'wasUnknown ? "probably_not_delivered" : status;',
    "wasUnknown ? status : status;",
  ],
  [
    "what the queue did not take is forgotten",
    "page-sender.ts",
    "this.#store.addToOutbox(first, last);",
    "void first;",
    "this.#store.waitingSince(now - this.#settings.requeueMs, PASS)",
    "this.#store.waitingSince(0, PASS)",
  ],
  [
    "a message that was sent keeps what it said",
    "message.ts",
    "return { ...message, status, updatedAt: now, deadline: null, recipient: null, request: null };",
    "return { ...message, status, updatedAt: now, deadline: null, recipient: null };",
  ],
  [
    "the figures are stored while a message is under way, and not counted anew",
    "page-sender.ts",
    "this.#board.recount(this.#store.countClosed());",
    "",
  ],
  [
    "a message whose request is out is given up by the queue",
    "page-sender.ts",
    'if (message?.status === "sending") {\n        return retry(SENDING_ELSEWHERE_MS);\n      }\n      if (message !== undefined) {',
    "if (message !== undefined) {",
    'buried(message, "undeliverable", this.#world.now())',
    '{ ...buried({ ...message, status: "queued" }, "undeliverable", this.#world.now()) }',
  ],
];

const folder = mkdtempSync(join(tmpdir(), "edge-faults-"));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const [index, [name, file, ...replacements]] of FAULTS.entries()) {
  test(`found: ${name}`, async () => {
    const copy = join(folder, String(index));
    cpSync(SENDER, copy, { recursive: true });
    let text = readFileSync(join(copy, file), "utf8");
    for (let at = 0; at < replacements.length; at += 2) {
      const [sound, faulty] = replacements.slice(at, at + 2);
      assert.equal(text.split(sound).length, 2, `"${sound}" stands in ${file} once`);
      text = text.replace(sound, () => faulty);
    }
    writeFileSync(join(copy, file), text);
    const sender = await import(pathToFileURL(join(copy, "page-sender.ts")).href);
    for (let seed = 0; seed < HISTORIES; seed += 1) {
      const told = await playHistory(seed, sender).catch((error) => ({
        problems: [String(error)],
      }));
      if (told.problems.length > 0) {
        console.log(`${name}: seed ${seed}, ${told.problems[0]}`);
        return;
      }
    }
    assert.fail(`${HISTORIES} histories found nothing`);
  });
}

// What a try's result must be: the package was started, found a mistake, sent a message that arrived, and read a refusal.
import assert from "node:assert/strict";

/** @param {object | object[]} result of `exercise`; several where a try runs it in several places */
export function assertResult(result, accepted) {
  for (const { error, issues, messageId, refused, checked = ["text.empty"] } of [result].flat()) {
    assert.equal(error, undefined);
    assert.deepEqual(issues, ["text.too_long"]);
    assert.equal(refused, "auth");
    assert.deepEqual(
      checked,
      ["text.empty"],
      "what the entry that only checks says, where it is tried",
    );
    assert.ok(
      accepted.some(
        ({ message_id: id, params }) => id === messageId && params.message.text === "hello, world",
      ),
      "the message did not arrive",
    );
  }
}

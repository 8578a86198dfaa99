// Sends many messages under random faults and records the result of each; the same code runs in
// Node and in workerd. The local Graph records what it accepted; faults.mjs checks the invariants.

/** Ways to go wrong, as the local Graph is told them, and how often each comes up. */
export const FAULTS = [
  ["ok", 40],
  ["silence", 3],
  ["headersThenSilence", 3],
  ["stall", 3],
  ["resetBefore", 5],
  ["resetInside", 5],
  ["acceptThenReset", 5],
  ["halfJson", 5],
  ["empty", 4],
  ["html", 4],
  ["array", 4],
  ["refused for good", 5],
  ["refused for now", 10],
  ["an error in a 200", 4],
];

/** Sends the messages from number `first` up to `end`. @returns {Promise<object[]>} for each its number, and its receipt or what its error says */
export async function sendMany(
  api,
  { graph, token, first = 0, end, concurrency = 20, timeoutMs = 400 },
) {
  const outcomes = [];
  let next = first;
  const one = async () => {
    while (next < end) {
      const number = next;
      next += 1;
      const request = {
        recipient: { id: String(number) },
        messaging_type: "RESPONSE",
        message: { text: `message ${number}` },
      };
      const sending = api.send(request, {
        accessToken: token,
        baseUrl: graph,
        timeoutMs,
        retry: { attempts: 4, baseDelayMs: 1 },
      });
      outcomes.push(
        await sending.then(
          ({ message_id, attempts }) => ({ number, message_id, attempts }),
          ({ name, kind, delivery, attempts }) => ({ number, name, kind, delivery, attempts }),
        ),
      );
    }
  };
  await Promise.all(Array.from({ length: concurrency }, one));
  return outcomes;
}

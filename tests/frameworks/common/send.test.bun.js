import { test } from "bun:test";
import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { exercise } from "./exercise.js";

test("sends", async () => {
  const result = await exercise(
    { buildMessage, init, isSendError, send, validate },
    process.env.GRAPH_URL,
    process.env.GRAPH_TOKEN,
  );
  console.log(`RESULT ${JSON.stringify(result)}`);
});

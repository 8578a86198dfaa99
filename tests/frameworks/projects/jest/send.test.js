import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { exercise } from "./exercise";

test("sends", async () => {
  const result = await exercise(
    { buildMessage, init, isSendError, send, validate },
    process.env.GRAPH_URL,
    process.env.GRAPH_TOKEN,
  );
  process.stdout.write(`\nRESULT ${JSON.stringify(result)}\n`);
});

// The program of a server or a function: it prints its result.
import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { exercise } from "./exercise.js";

exercise(
  { buildMessage, init, isSendError, send, validate },
  process.env.GRAPH_URL,
  process.env.GRAPH_TOKEN,
).then(
  (result) => console.log(`RESULT ${JSON.stringify(result)}`),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);

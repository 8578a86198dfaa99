// The program of a page.
import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { exercise } from "./exercise.js";

const query = new URLSearchParams(location.search);
exercise(
  { buildMessage, init, isSendError, send, validate },
  query.get("graph"),
  query.get("token"),
).then(tellTest, (error) => tellTest({ error: String(error?.stack ?? error) }));

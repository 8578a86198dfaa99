// The program of a page: one entry sends, the other one checks.
import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import * as checking from "messenger-send/validate";
import { check, exercise } from "./exercise.js";

const query = new URLSearchParams(location.search);
exercise(
  { buildMessage, init, isSendError, send, validate },
  query.get("graph"),
  query.get("token"),
)
  .then(async (result) => ({ ...result, checked: await check(checking) }))
  .then(tellTest, (error) => tellTest({ error: String(error?.stack ?? error) }));

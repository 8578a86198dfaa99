import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { exercise } from "../exercise.js";

export default defineEventHandler((event) => {
  const { graph, token } = getQuery(event);
  return exercise({ buildMessage, init, isSendError, send, validate }, graph, token);
});

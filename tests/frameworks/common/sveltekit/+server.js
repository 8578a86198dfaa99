import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { exercise } from "../../../exercise.js";

export async function GET({ url }) {
  return Response.json(
    await exercise(
      { buildMessage, init, isSendError, send, validate },
      url.searchParams.get("graph"),
      url.searchParams.get("token"),
    ),
  );
}

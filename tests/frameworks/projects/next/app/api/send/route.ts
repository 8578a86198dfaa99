import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { exercise } from "../../exercise";

export async function GET(request: Request) {
  const query = new URL(request.url).searchParams;
  return Response.json(
    await exercise(
      { buildMessage, init, isSendError, send, validate },
      query.get("graph")!,
      query.get("token")!,
    ),
  );
}

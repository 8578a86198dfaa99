import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { exercise } from "./exercise.js";

export default {
  async fetch(request) {
    const query = new URL(request.url).searchParams;
    if (!query.has("graph")) {
      return new Response("hello");
    }
    return Response.json(
      await exercise(
        { buildMessage, init, isSendError, send, validate },
        query.get("graph"),
        query.get("token"),
      ),
    );
  },
};

import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { useEffect } from "react";
import { exercise } from "../exercise";

declare global {
  function tellTest(result: unknown): void;
}

export default function Home() {
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    exercise(
      { buildMessage, init, isSendError, send, validate },
      query.get("graph")!,
      query.get("token")!,
    ).then(tellTest, (error) => tellTest({ error: String(error?.stack ?? error) }));
  }, []);
  return <p>messenger-send</p>;
}

"use client";

import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import * as checking from "messenger-send/validate";
import { useEffect } from "react";
import { check, exercise } from "./exercise";

declare global {
  function tellTest(result: unknown): void;
}

export function Composer() {
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    exercise(
      { buildMessage, init, isSendError, send, validate },
      query.get("graph")!,
      query.get("token")!,
    )
      .then(async (result) => ({ ...result, checked: await check(checking) }))
      .then(tellTest, (error) => tellTest({ error: String(error?.stack ?? error) }));
  }, []);
  return <p>messenger-send</p>;
}

// What every project does with the package: starts it, builds, checks, sends, and is refused once.

/** @returns {Promise<object>} what `assertResult` of lib/result.mjs looks at */
export async function exercise({ buildMessage, init, isSendError, send, validate }, graph, token) {
  await init();
  const request = buildMessage({ to: "7001002003004005", text: "hello, world" });
  const { issues } = validate({ ...request, message: { text: "a".repeat(2001) } });
  const receipt = await send(request, { accessToken: token, baseUrl: graph });
  const refused = await send(request, { accessToken: "EAABno", baseUrl: graph }).catch((error) =>
    isSendError(error) ? error.kind : String(error),
  );
  return { issues: issues.map(({ code }) => code), messageId: receipt.message_id, refused };
}

/** What a page does with `messenger-send/validate`. */
export async function check({ buildMessage, init, validate }) {
  await init();
  const request = buildMessage({ to: "7001002003004005", text: "hello, world" });
  const { issues } = validate({ ...request, message: { text: "" } });
  return issues.map(({ code }) => code);
}

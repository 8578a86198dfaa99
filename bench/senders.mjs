// Our send, and the minimum: the platform's `fetch` with the same body.

/** A message that was not accepted would be a fast one. */
export function accepted(receipt) {
  if (typeof receipt.message_id !== "string") {
    throw new Error("the local Graph did not accept a message");
  }
  return receipt;
}

/**
 * @param {object} api the package
 * @param {{ url: string, token: string }} graph
 * @param {object} request what is sent
 * @returns {Promise<Record<"ours" | "bare", () => Promise<object>>>}
 */
export async function senders(api, graph, request) {
  const options = { accessToken: graph.token, baseUrl: graph.url };
  await api.send(request, options);
  const { headers, path, body } = (await (await fetch(`${graph.url}/__graph/requests`)).json()).at(
    -1,
  );
  const init = { method: "POST", headers: { "Content-Type": headers["content-type"] }, body };
  return {
    ours: async () => accepted(await api.send(request, options)),
    bare: async () => {
      const response = await fetch(`${graph.url}${path}`, init);
      return accepted(await response.json());
    },
  };
}

// Plays every network scenario of tests/scenarios.json, one after the other; the same code runs in
// Node and in workerd. A scenario has a name, the steps of the local Graph, the options of the
// send, and its outcome: kind (or "sent"), delivery, attempts. ELSEWHERE is replaced by another
// server, which must not get the token.

/** @returns {Promise<Record<string, object>>} by name: the outcome, and how many requests the local Graph got */
export async function runFailures(api, { graph, token, scenarios }) {
  const results = {};
  const tell = async (path, steps) =>
    (
      await fetch(`${graph}/__graph/${path}`, { method: "POST", body: JSON.stringify(steps) })
    ).text();
  for (const { name, steps, options } of scenarios) {
    await tell("reset", []);
    await tell("script", steps);
    const request = { recipient: { id: "1" }, messaging_type: "RESPONSE", message: { text: name } };
    const outcome = await api
      .send(request, { accessToken: token, baseUrl: graph, timeoutMs: 5000, ...options })
      .then(
        ({ attempts }) => ({ kind: "sent", attempts }),
        ({ kind, delivery, attempts }) => ({ kind, delivery, attempts }),
      );
    const requests = await (await fetch(`${graph}/__graph/requests`)).json();
    results[name] = { outcome, requests: requests.length };
  }
  await tell("reset", []);
  return results;
}

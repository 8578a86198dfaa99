// Where the page may send to: the local stand-in for the Graph API, whose address and token the server of this page tells.

export async function loadGraph() {
  const response = await fetch(new URL("../config.json", import.meta.url), { cache: "no-store" });
  if (!response.ok) throw new Error(`config.json answered ${response.status}`);
  // A parser's error may quote what it could not read, and there is a token in it.
  const config = await response.json().catch(() => undefined);
  if (typeof config?.graph !== "string" || typeof config.token !== "string") throw new Error("config.json names no graph and token");
  return { graph: config.graph, token: config.token };
}

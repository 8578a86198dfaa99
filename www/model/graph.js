// Where the page may send to: the local stand-in for the Graph API, whose address and token the server of this page tells.

export async function loadGraph() {
  const response = await fetch(new URL("../config.json", import.meta.url), { cache: "no-store" });
  if (!response.ok) throw new Error(`config.json answered ${response.status}`);
  const { graph, token } = await response.json();
  if (typeof graph !== "string" || typeof token !== "string") throw new Error("config.json names no graph and token");
  return { graph, token };
}

// Visits a page that runs pageProgram, and checks its result and what arrived at the local Graph.
import assert from "node:assert/strict";
import { startGraph } from "../../local-graph/server.mjs";
import { assertChecked, assertDelivered, assertFailed, TOKEN } from "./outcome.mjs";

export async function assertPageWorks(browser, url) {
  const graph = await startGraph({ token: TOKEN });
  try {
    const address = new URL(url);
    address.search = new URLSearchParams({ graph: graph.url, token: TOKEN });
    const result = await browser.result(address.href);
    assert.equal(result.failed, undefined);
    assert.match(result.tooEarly, /call `await init\(\)` first/);
    assert.equal(result.schemaWaits, true);
    assertChecked(result.checked);
    assertFailed(result.failures);
    assertDelivered(result.delivered, graph);
  } finally {
    await graph.close();
  }
}

// `npm start`: builds the package, sends "hello, world" with it to a local stand-in for Graph, and serves the demo page.
// `npm start -- --once` stops after the message; the exit code says whether it arrived.
// With PAGE_ID and PAGE_ACCESS_TOKEN in the environment, the page can also send for that Page; the token stays in this process.

import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "./lib/build.mjs";
import { serveDemo } from "./lib/demo.mjs";
import { at } from "./lib/root.mjs";
import { main, Stop, say } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

const TOKEN = "EAABlocalgraphtoken";
const DEFAULT_PORT = 4173;
// Read here, because `main` removes secrets from the environment.
const { PORT, PAGE_ID, PAGE_ACCESS_TOKEN } = process.env;

await main(async () => {
  const { once } = options();
  const port = portOf(PORT);
  const live = pageOf(PAGE_ID, PAGE_ACCESS_TOKEN);
  await setUp("build");
  await build();
  // Imported here, since they need what the setup and the build create.
  const { startGraph } = await import(pathToFileURL(at("tests", "local-graph", "server.mjs")));
  const graph = await startGraph({ token: TOKEN });
  say(`a stand-in for graph.facebook.com answers at ${graph.url}`);
  try {
    await hello(graph);
  } catch (error) {
    await graph.close();
    throw error;
  }
  if (once) {
    await graph.close();
    return;
  }
  const page = await serveDemo({ graph: graph.url, token: TOKEN, live, port });
  graph.answerOnly(page.url, page.url.replace("127.0.0.1", "localhost"));
  if (live) {
    say(`the page can send real messages of Page ${live.pageId}; its token stays here`);
  }
  console.log(`\nThe demo page: ${page.url}/\nPress Ctrl-C to stop.`);
});

function options() {
  try {
    return parseArgs({ options: { once: { type: "boolean", default: false } } }).values;
  } catch (error) {
    throw new Stop(`${error.message} \`npm start -- --once\` is the only option.`);
  }
}

function portOf(text) {
  const port = text ? Number(text) : DEFAULT_PORT;
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Stop(`PORT is "${text}": set a number from 0 to 65535.`);
  }
  return port;
}

/** The Page of the environment, if there is one: { pageId, token }. */
function pageOf(pageId = "", token = "") {
  if (pageId === "" && token === "") {
    return undefined;
  }
  if (!/^\d{1,64}$/.test(pageId) || !/^\S+$/.test(token)) {
    throw new Stop("Set both PAGE_ID (digits) and PAGE_ACCESS_TOKEN (no spaces), or neither.");
  }
  return { pageId, token };
}

/** Sends the first example of the reference: https://developers.facebook.com/docs/messenger-platform/reference/send-api */
async function hello(graph) {
  const { buildMessage, send } = await import(pathToFileURL(at("pkg", "node.js")));
  const request = buildMessage({ to: "7001002003004005", text: "hello, world" });
  print("Request", request);
  const receipt = await send(request, { accessToken: TOKEN, baseUrl: graph.url });
  print("Receipt", receipt);
  if (!receipt.message_id) {
    throw new Stop("The stand-in answered without a message_id: the message did not arrive.");
  }
}

function print(title, value) {
  console.log(`\n${title}\n${JSON.stringify(value, null, 2)}`);
}

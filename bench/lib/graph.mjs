// The local Graph in a separate process, so that its work does not count for the sender.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { at } from "../../scripts/lib/root.mjs";

/** @returns {Promise<{ url: string, token: string, close: () => Promise<void> }>} */
export async function startGraph() {
  const token = "EAABbenchtoken";
  const child = spawn(
    process.execPath,
    [at("tests", "local-graph", "server.mjs"), "--port", "0", "--token", token],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "exit");
  process.once("exit", () => child.kill());
  const found = await Promise.race([firstUrl(child.stdout), ended]);
  if (typeof found !== "string") {
    throw new Error("the local Graph did not start");
  }
  const close = async () => {
    child.kill();
    await ended;
  };
  return { url: found, token, close };
}

async function firstUrl(stream) {
  for await (const line of createInterface({ input: stream })) {
    const url = /http:\/\/[^\s/]+/.exec(line)?.[0];
    if (url !== undefined) {
      return url;
    }
  }
  return undefined;
}

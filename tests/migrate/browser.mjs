// Sends a message with a client from a page in Chromium, after a bundler for browsers has put the
// client into it.
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGraph } from "../local-graph/server.mjs";
import { html } from "../package/lib/page.mjs";
import { project } from "../package/lib/project.mjs";
import { openBrowser, serve } from "../package/lib/web.mjs";
import { TEXT } from "./illegal.mjs";

/** The program of the page for each client, as its documentation writes it. */
const PROGRAMS = {
  "messenger-send": `
    import { createClient } from "messenger-send/inline";
    const client = createClient({ accessToken, baseUrl });
    await client.send(request);`,
  "messaging-api-messenger": `
    import { MessengerClient } from "messaging-api-messenger";
    const client = new MessengerClient({ accessToken, origin: baseUrl });
    await client.sendText(request.recipient, request.message.text);`,
  "@warriorteam/messenger-sdk": `
    import { Messenger } from "@warriorteam/messenger-sdk";
    const client = new Messenger({ accessToken, baseUrl });
    await client.send.message(request);`,
};

/**
 * @param {string} name of the package
 * @param {string} peersFolder where the peers are installed
 * @param {string} accessToken
 * @returns {Promise<boolean>} whether the message arrived at the local Graph
 */
export async function sendFromPage(name, peersFolder, accessToken) {
  const graph = await startGraph({ token: accessToken });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "messenger-send-comparison-")));
  let browser, server;
  try {
    const home = name === "messenger-send" ? await project() : peersFolder;
    const settings = { accessToken, baseUrl: graph.url, request: TEXT };
    const [imports, ...calls] = PROGRAMS[name].trim().split("\n");
    const program = `
      ${imports}
      const { accessToken, baseUrl, request } = ${JSON.stringify(settings)};
      try { ${calls.join("\n")} tellTest("sent"); } catch (error) { tellTest(String(error)); }`;
    symlinkSync(join(home, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "main.js"), program);
    if (!(await bundled(join(folder, "main.js"), join(folder, "page.js")))) {
      return false;
    }
    writeFileSync(
      join(folder, "index.html"),
      html(`<script>addEventListener("error", (event) => tellTest(event.message));</script>
        <script type="module" src="page.js"></script>`),
    );
    server = await serve(folder);
    browser = await openBrowser();
    await browser.result(new URL("index.html", server.url).href);
    return graph.accepted.length === 1;
  } finally {
    await browser?.close();
    await server?.close();
    await graph.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a bundler for browsers could make one file of the program. */
async function bundled(input, file) {
  const { rolldown } = await import("rolldown");
  try {
    const bundle = await rolldown({ input, platform: "browser", logLevel: "silent" });
    await bundle.write({ file, format: "esm" });
    return true;
  } catch {
    return false;
  }
}

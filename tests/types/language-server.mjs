// TypeScript's own language server, as an editor talks to it: one file, and what is shown at a place in it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { at } from "../../scripts/lib/root.mjs";

const SEPARATOR = "\r\n\r\n";

/**
 * Opens a text as the file `name` of a folder. `hover(position)`: what is shown there, and
 * `hover(place)`: over the first letter of `place`; `completions(position)`: the names that are offered there; `close()` ends the server.
 */
export async function editor(folder, name, text) {
  const server = spawn(at("node_modules", ".bin", "tsc"), ["--lsp", "--stdio"], {
    cwd: folder,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const waiting = new Map();
  const ended = new Promise((_, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`the language server has ended, ${code}`)));
  });
  ended.catch(() => {});
  receive(server.stdout, (message) => {
    if (message.method === undefined) {
      waiting.get(message.id)?.(message);
    } else if (message.id !== undefined) {
      // The server asks for settings: there are none.
      write({ id: message.id, result: message.params?.items?.map(() => null) ?? null });
    }
  });

  function write(message) {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}${SEPARATOR}${body}`);
  }

  async function ask(method, params) {
    const id = waiting.size + 1;
    const answered = new Promise((resolve) => waiting.set(id, resolve));
    write({ id, method, params });
    const { result, error } = await Promise.race([answered, ended]);
    if (error) throw new Error(error.message);
    return result;
  }

  const capabilities = { textDocument: { hover: { contentFormat: ["markdown"] }, completion: {} } };
  await ask("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities,
  });
  write({ method: "initialized", params: {} });
  const uri = pathToFileURL(join(folder, name)).href;
  write({
    method: "textDocument/didOpen",
    params: { textDocument: { uri, languageId: "typescript", version: 1, text } },
  });

  function positionOf(place) {
    const lines = text.slice(0, text.indexOf(place)).split("\n");
    return { line: lines.length - 1, character: lines.at(-1).length };
  }

  return {
    async hover(place) {
      const position = typeof place === "string" ? positionOf(place) : place;
      const shown = await ask("textDocument/hover", { textDocument: { uri }, position });
      return shown?.contents.value ?? "";
    },
    async completions(position) {
      const params = { textDocument: { uri }, position };
      const offered = await ask("textDocument/completion", params);
      // An optional member is offered with a question mark.
      return (offered?.items ?? []).map(({ label }) => label.replace(/\?$/, ""));
    },
    close() {
      server.kill();
    },
  };
}

/** Messages come with their length before them, in pieces of any size. */
function receive(stream, onMessage) {
  let bytes = Buffer.alloc(0);
  stream.on("data", (piece) => {
    bytes = Buffer.concat([bytes, piece]);
    for (;;) {
      const head = bytes.indexOf(SEPARATOR);
      if (head < 0) return;
      const start = head + SEPARATOR.length;
      const end =
        start + Number(/Content-Length: (\d+)/i.exec(bytes.subarray(0, head).toString())[1]);
      if (bytes.length < end) return;
      onMessage(JSON.parse(bytes.subarray(start, end).toString()));
      bytes = bytes.subarray(end);
    }
  });
}

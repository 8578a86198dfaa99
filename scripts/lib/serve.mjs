// A small static file server for the demo page and the browser tests. It sends correct media types, serves nothing outside its folders,
// and does not answer other sites.
import { createReadStream } from "node:fs";
import { readFile, realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { refusalOf } from "./own-site.mjs";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

const COMPRESSED = new Set([
  ".css",
  ".html",
  ".js",
  ".json",
  ".map",
  ".md",
  ".mjs",
  ".svg",
  ".txt",
  ".wasm",
]);

/**
 * Serves folders on the loopback address.
 * @param {object} options
 * @param {Record<string, string>} options.roots the folders by path prefix: `{ "/": folder, "/pkg/": folder }`; the longest prefix wins
 * @param {Record<string, string>} [options.headers] sent with every response
 * @param {unknown} [options.config] the content of /config.json, if there is one
 * @param {Record<string, Function>} [options.handlers] functions that answer below a prefix instead: `{ "/graph": (request, response, path) => ... }`
 * @param {number} [options.port] 0 for any free port
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>} url has no trailing slash
 */
export async function serve({ roots, headers = {}, config, handlers = {}, port = 0 }) {
  const prefixes = Object.keys(roots).sort((a, b) => b.length - a.length);
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (response.headersSent) {
        response.destroy();
      } else {
        plain(response, 500, "The server failed.");
      }
    });
  });

  async function answer(request, response) {
    response.on("error", () => {});
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      plain(response, refusal.status, refusal.reason);
      return;
    }
    const asked = pathOf(request.url);
    const handled = Object.keys(handlers).find((prefix) => asked?.startsWith(`${prefix}/`));
    if (handled !== undefined) {
      await handlers[handled](request, response, asked.slice(handled.length));
      return;
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      plain(response, 405, "Only GET and HEAD.");
      return;
    }
    if (asked === "/config.json" && config !== undefined) {
      send(response, 200, TYPES[".json"], JSON.stringify(config));
      return;
    }
    const prefix = asked === undefined ? undefined : prefixes.find((one) => asked.startsWith(one));
    const file =
      prefix === undefined ? undefined : await fileIn(roots[prefix], asked.slice(prefix.length));
    if (file === undefined) {
      plain(response, 404, "Not found.");
      return;
    }
    const type = TYPES[extname(file.path)] ?? "application/octet-stream";
    if (
      COMPRESSED.has(extname(file.path)) &&
      /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")
    ) {
      const body = await compressed(file);
      response.writeHead(200, {
        ...always(),
        "Content-Type": type,
        "Content-Encoding": "gzip",
        Vary: "Accept-Encoding",
        "Content-Length": body.length,
      });
      response.end(request.method === "HEAD" ? undefined : body);
      return;
    }
    response.writeHead(200, { ...always(), "Content-Type": type, "Content-Length": file.size });
    if (request.method === "HEAD") {
      response.end();
    } else {
      createReadStream(file.path)
        .on("error", () => response.destroy())
        .pipe(response);
    }
  }

  // Responses are compressed as by static hosts.
  const bodies = new Map();
  async function compressed({ path, size, mtimeMs }) {
    const key = `${path} ${size} ${mtimeMs}`;
    if (!bodies.has(key)) bodies.set(key, promisify(gzip)(await readFile(path)));
    return bodies.get(key);
  }

  const always = () => ({
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...headers,
  });
  const send = (response, status, type, text) => {
    response.writeHead(status, {
      ...always(),
      "Content-Type": type,
      "Content-Length": Buffer.byteLength(text),
    });
    response.end(text);
  };
  const plain = (response, status, text) => send(response, status, TYPES[".txt"], `${text}\n`);

  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port: taken } = server.address();
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The decoded path of a request; undefined if it is invalid. */
function pathOf(url) {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
    return path.startsWith("/") && !/[\0\\]/.test(path) && !path.split("/").includes("..")
      ? path
      : undefined;
  } catch {
    return undefined;
  }
}

/** The file of a path, which must stay in the folder after symbolic links are followed; for a folder its index.html. */
async function fileIn(root, path) {
  try {
    const top = await realpath(root);
    let file = await realpath(join(top, path));
    if ((await stat(file)).isDirectory()) {
      file = await realpath(join(file, "index.html"));
    }
    const { size, mtimeMs } = await stat(file);
    return file.startsWith(top + sep) ? { path: file, size, mtimeMs } : undefined;
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES", "ELOOP", "ENAMETOOLONG"].includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}

// A request with the headers that a browser would set and `fetch` does not let a program set.
import { request } from "node:http";

/**
 * @param {number} port of a server on 127.0.0.1
 * @param {string} path
 * @param {{ method?: string, headers?: Record<string, string | undefined>, body?: string }} [options]
 * @returns {Promise<{ status: number, headers: import("node:http").IncomingHttpHeaders, text: string }>}
 */
export function askAs(port, path, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const set = Object.entries(headers).filter(([, value]) => value !== undefined);
    const sent = { host: "127.0.0.1", port, path, method, headers: Object.fromEntries(set) };
    request(sent, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, text }),
      );
    })
      .on("error", reject)
      .end(body);
  });
}

/** What other sites make a browser send to a server on `port`: [name, headers, status]. */
export function foreign(port) {
  return [
    ["a name that leads here", { Host: "evil.example" }, 421],
    ["such a name with the port", { Host: `evil.example:${port}` }, 421],
    ["a name that begins like ours", { Host: `localhost.evil.example:${port}` }, 421],
    ["another port", { Host: "127.0.0.1:1" }, 421],
    ["another address of IPv6", { Host: `[2001:db8::1]:${port}` }, 421],
    ["such a name as its own origin", { Host: "evil.example", Origin: "http://evil.example" }, 421],
    ["a page of another site", { Origin: "https://evil.example" }, 403],
    ["a page without an origin", { Origin: "null" }, 403],
    ["an empty origin", { Origin: "" }, 403],
    [
      "a page that embeds it",
      { Origin: undefined, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" },
      403,
    ],
  ];
}

/** What its own pages, and programs, send. */
export function own(port) {
  return [
    ["curl", {}],
    ["localhost", { Host: `localhost:${port}` }],
    ["a name in capitals", { Host: `LOCALHOST:${port}` }],
    ["IPv6", { Host: `[::1]:${port}` }],
    ["its own page", { Host: `127.0.0.1:${port}`, Origin: `http://127.0.0.1:${port}` }],
    ["its own page by IPv6", { Host: `[::1]:${port}`, Origin: `http://[::1]:${port}` }],
    ["a link on another site", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" }],
  ];
}

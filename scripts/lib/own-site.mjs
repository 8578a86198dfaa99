// Keeps other sites away from a server on this machine. A page of the web can reach it through a name that resolves to 127.0.0.1
// (DNS rebinding), or by sending a request across sites. Programs without an origin, such as curl, are answered.

/** The names of this machine that no other site can have. */
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
const MISDIRECTED = 421;
const FORBIDDEN = 403;

/**
 * Why a request is not answered, or undefined if it is.
 * @param {import("node:http").IncomingMessage} request
 * @param {(origin: string) => boolean} [isWelcome] which origins may call beside the server's own
 * @returns {{ status: number, reason: string } | undefined}
 */
export function refusalOf({ headers, socket }, isWelcome = () => false) {
  const host = headers.host?.toLowerCase();
  if (!hostsOf(socket).includes(host)) {
    return {
      status: MISDIRECTED,
      reason: "This server has another name: use the address that it printed.",
    };
  }
  const { origin } = headers;
  if (
    origin === undefined ? isEmbedded(headers) : origin !== `http://${host}` && !isWelcome(origin)
  ) {
    return { status: FORBIDDEN, reason: "This server does not answer pages of another origin." };
  }
  return undefined;
}

/** Whether an origin is a page of this machine. */
export function isLoopbackOrigin(origin) {
  const [, host] = /^https?:\/\/(\[[\da-f:]+\]|[^:/]+)(?::\d+)?$/.exec(origin) ?? [];
  return LOOPBACK.includes(host);
}

/** The Host headers under which a server can be asked. The address of the socket is no name, so no other site can point at it. */
function hostsOf({ localAddress = "", localPort }) {
  const address = localAddress.replace(/^::ffff:/, "");
  const names = [...LOOPBACK, address.includes(":") ? `[${address}]` : address];
  return names
    .filter(Boolean)
    .flatMap((name) => [`${name}:${localPort}`, ...(localPort === 80 ? [name] : [])]);
}

/** Whether a page of another origin loads this as a script, a picture or the like: browsers send no Origin with those. */
function isEmbedded(headers) {
  return (
    ["cross-site", "same-site"].includes(headers["sec-fetch-site"]) &&
    headers["sec-fetch-mode"] !== "navigate"
  );
}

// Protects a local server from other sites. A web page can reach it through a name that resolves to 127.0.0.1 (DNS rebinding), or with a
// cross-site request. Programs that send no origin, such as curl, are answered.

/** The names of this machine that no other site can have. */
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
const MISDIRECTED = 421;
const FORBIDDEN = 403;

/**
 * Why a request is not answered, or undefined if it is.
 * @param {import("node:http").IncomingMessage} request
 * @param {(origin: string) => boolean} [isWelcome] which origins may call in addition to the server's own
 * @returns {{ status: number, reason: string } | undefined}
 */
export function refusalOf({ headers, socket }, isWelcome = () => false) {
  const host = headers.host?.toLowerCase();
  if (!hostsOf(socket).includes(host)) {
    return {
      status: MISDIRECTED,
      reason: "The Host header does not match this server: use the address that it printed.",
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

/** The valid Host headers of a server. The socket's IP address is safe, since no other site's name can equal it. */
function hostsOf({ localAddress = "", localPort }) {
  const address = localAddress.replace(/^::ffff:/, "");
  const names = [...LOOPBACK, address.includes(":") ? `[${address}]` : address];
  return names
    .filter(Boolean)
    .flatMap((name) => [`${name}:${localPort}`, ...(localPort === 80 ? [name] : [])]);
}

/** Whether another origin embeds this as a script, an image or the like, for which browsers send no Origin. */
function isEmbedded(headers) {
  return (
    ["cross-site", "same-site"].includes(headers["sec-fetch-site"]) &&
    headers["sec-fetch-mode"] !== "navigate"
  );
}

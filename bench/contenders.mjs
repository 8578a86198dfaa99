// Who is measured at what, the same in every runtime: it gets the package and the peers handed in.

/** The peers that check values, in the order of the tables. */
export const VALIDATORS = ["zod", "valibot", "ajv", "typebox"];

/**
 * What checks a text: what comes from a network or a file.
 * @param {object} api the package
 * @param {Record<string, { check: (value: unknown) => unknown }>} peers by name; those that cannot run somewhere are left out
 * @param {{ text: string, bytes: Uint8Array }} sample
 */
export function checksOfText(api, peers, { text, bytes }) {
  return {
    "validateJson(bytes)": () => api.validateJson(bytes),
    "validateJson(string)": () => api.validateJson(text),
    "JSON.parse": () => JSON.parse(text),
    ...fromPeers(
      peers,
      ({ check }) =>
        () =>
          check(JSON.parse(text)),
      (name) => `JSON.parse + ${name}`,
    ),
  };
}

/** What checks an object: what a program has composed. */
export function checksOfObject(api, peers, { value }) {
  return {
    "validate(object)": () => api.validate(value),
    "JSON.stringify": () => JSON.stringify(value),
    // What a program does that checks and then sends: `send` posts the text that was checked.
    ...(peers.zod !== undefined && {
      "zod + JSON.stringify": () => [peers.zod.check(value), JSON.stringify(value)],
    }),
    ...fromPeers(
      peers,
      ({ check }) =>
        () =>
          check(value),
      (name) => name,
    ),
  };
}

function fromPeers(peers, make, named) {
  return Object.fromEntries(
    VALIDATORS.filter((name) => name in peers).map((name) => [named(name), make(peers[name])]),
  );
}

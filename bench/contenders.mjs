// The measured functions, the same in every runtime; the package and the peers are passed in.

/** The peers that validate values, in the order of the tables. */
export const VALIDATORS = ["zod", "valibot", "ajv", "typebox"];

/**
 * The functions that validate a text, from a network or a file.
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

/** The functions that validate an object composed by a program. */
export function checksOfObject(api, peers, { value }) {
  return {
    "validate(object)": () => api.validate(value),
    "JSON.stringify": () => JSON.stringify(value),
    // As a program that validates and then sends: `send` posts the validated text.
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

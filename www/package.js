// The one door to the package: everything else on the page gets it from here. It is imported dynamically, so that
// the page stands and can be typed in before (and even if never) the package arrives.
export * from "messenger-send";

/** The package's JSON Schema of a request. */
export { default as schema } from "messenger-send/schema.json";

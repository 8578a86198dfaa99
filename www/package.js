// The one door to the package: everything else on the page gets it from here. It is imported dynamically, so that
// the page stands and can be typed in before (and even if never) the package arrives.
export * from "./pkg/browser.js";

/** The package's JSON Schema of a request. */
export async function loadSchema() {
  const response = await fetch(new URL("./pkg/schema.json", import.meta.url));
  if (!response.ok) throw new Error(`schema.json answered ${response.status}`);
  return response.json();
}

// The one door to the package: everything else on the page gets it from here. It is imported dynamically, so that
// the form stands and can be typed in before (and even if never) the package arrives.
export * from "./pkg/browser.js";

// Holds the package: loads it without making anybody wait, and checks with it what the page is about.

export function createChecker() {
  let api;
  let loading;

  return {
    // What the package exports; undefined while it is not there yet.
    get api() {
      return api;
    },
    // Resolves to what the package exports once it can be called. After a failure the next call tries again.
    load() {
      loading ??= (async () => {
        const module = await import("../package.js");
        await module.init();
        api = module;
        return api;
      })().catch((error) => {
        loading = undefined;
        throw error;
      });
      return loading;
    },
    // The report, or undefined while the package is not there yet. A text is checked as it stands: it may say things twice.
    check({ request, source, platform }) {
      return source === undefined
        ? api?.validate(request, { platform })
        : api?.validateJson(source, { platform });
    },
  };
}

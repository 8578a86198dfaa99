// Holds the package: loads it without making anybody wait, checks the request with it, and sends with it.

export function createChecker() {
  let api;
  let loading;

  return {
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
    // The report, or undefined while the package is not there yet.
    check({ request, platform }) {
      return api?.validate(request, { platform });
    },
  };
}

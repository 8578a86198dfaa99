// Builds with Vite inside this process, and leaves the process as it was.

/**
 * As Vite's own `build`. Vite sets NODE_ENV to "production", and programs that are started later would inherit it: `npm ci`, for
 * example, then leaves development packages out.
 * @param {import("vite").InlineConfig} config
 */
export async function viteBuild(config) {
  // Not at the top: scripts import this file before `npm ci` has run.
  const { build } = await import("vite");
  const before = process.env.NODE_ENV;
  try {
    return await build(config);
  } finally {
    if (before === undefined) {
      delete process.env.NODE_ENV;
    } else {
      process.env.NODE_ENV = before;
    }
  }
}

// Builds with Vite in this process, without side effects on the process.

/**
 * Like Vite's `build`. Vite sets NODE_ENV to "production", which programs started later would
 * inherit: `npm ci`, for example, then omits development packages.
 * @param {import("vite").InlineConfig} config
 */
export async function viteBuild(config) {
  // Imported here, since scripts load this file before `npm ci` has run.
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

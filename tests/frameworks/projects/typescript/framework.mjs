const COMPILERS = {
  "TypeScript 5.9": "typescript5",
  "TypeScript 6": "typescript6",
  "TypeScript 7": "typescript",
};
const SETTINGS = {
  node16: ["--module", "node16", "--moduleResolution", "node16"],
  nodenext: ["--module", "nodenext", "--moduleResolution", "nodenext"],
  bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
  // No more in TypeScript 7.
  node10: ["--module", "commonjs", "--moduleResolution", "node10", "--ignoreDeprecations"],
};
/** Deprecated since TypeScript 6, which wants to hear that one knows. */
const SILENCED = { "TypeScript 5.9": "5.0", "TypeScript 6": "6.0" };

const compile = (version, how) => async (it) => {
  const args = how === "node10" ? [...SETTINGS[how], SILENCED[version]] : SETTINGS[how];
  await it.exec(
    "node",
    `node_modules/${COMPILERS[version]}/bin/tsc`,
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--types",
    "node",
    ...args,
    "checked.ts",
    "entries.ts",
  );
  return [];
};

export default {
  title: "tsc, in a CommonJS project",
  versions: ["typescript5", "typescript6", "typescript"],
  node: 24,
  common: { "checked.ts": "checked.ts" },
  tries: Object.fromEntries(
    Object.keys(COMPILERS)
      .flatMap((version) => Object.keys(SETTINGS).map((how) => [version, how]))
      .filter(([version, how]) => version !== "TypeScript 7" || how !== "node10")
      .map(([version, how]) => [`${version}, ${how}`, compile(version, how)]),
  ),
};

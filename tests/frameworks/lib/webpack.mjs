// What is tried with webpack, and with Rspack, which takes the same configuration.

export const webpackTries = (title, packages, command) => ({
  title,
  versions: packages,
  common: {
    "exercise.js": "src/exercise.js",
    "page.js": "src/page.js",
    "program.js": "src/program.js",
    "index.html": "dist-web/index.html",
    "webpack.config.mjs": "webpack.config.mjs",
  },
  tries: {
    "a page, production": (it) => page(it, command, "production"),
    "a page, development": (it) => page(it, command, "development"),
    "Node, CommonJS in one file": (it) => program(it, command, "commonjs", "program.cjs"),
    "Node, ESM in one file": (it) => program(it, command, "module", "program.mjs"),
  },
});

async function page(it, command, mode) {
  await it.exec(
    command,
    "build",
    "--config",
    "webpack.config.mjs",
    "--mode",
    mode,
    "--env",
    "kind=web",
  );
  return it.page(await it.files("dist-web"));
}

async function program(it, command, kind, file) {
  await it.exec(
    command,
    "build",
    "--config",
    "webpack.config.mjs",
    "--mode",
    "production",
    "--env",
    `kind=${kind}`,
  );
  return it.program("node", await it.alone(`dist-${kind}/${file}`));
}

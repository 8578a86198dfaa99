import { webpackTries } from "../../lib/webpack.mjs";

export default webpackTries("Rspack", ["@rspack/core"], "rspack");

import { webpackTries } from "../../lib/webpack.mjs";

export default webpackTries("webpack", ["webpack"], "webpack");

export default {
  title: "Rollup",
  versions: ["rollup"],
  line: "browsers: the plugin `@web/rollup-plugin-import-meta-assets`, or import `messenger-send/inline`",
  common: {
    "exercise.js": "exercise.js",
    "program.js": "program.js",
    "page.js": "page.js",
    "inline-page.js": "inline-page.js",
    "index.html": "index.html",
  },
  tries: {
    "Node, in one file": async (it) => {
      await it.exec("rollup", "--config", "node.config.js");
      return it.program("node", await it.alone("one/program.mjs"));
    },
    "a page, with the plugin": async (it) => {
      await it.exec("rollup", "--config", "page.config.js");
      return it.page(await it.files("dist"));
    },
    "a page, inline": async (it) => {
      await it.exec("rollup", "--config", "inline.config.js");
      return it.page(await it.files("dist-inline"));
    },
  },
};

const both = async (it, url) => [await it.json(`${url}api/send`), await it.page(url)];

export default {
  title: "React Router, framework mode: a loader and a page",
  versions: ["react-router", "@react-router/dev", "vite"],
  node: 24,
  common: { "exercise.js": "app/exercise.js" },
  tries: {
    dev: async (it) =>
      both(it, await it.start("react-router", "dev", "--host", "127.0.0.1", "--port", "PORT")),
    "build and serve": async (it) => {
      await it.exec("react-router", "build");
      return both(it, await it.start("react-router-serve", "build/server/index.js"));
    },
  },
};

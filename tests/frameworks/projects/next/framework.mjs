const routes = async (it, url) => [
  await it.json(`${url}api/send`),
  await it.json(`${url}api/edge`),
  await it.page(url),
];

export default {
  title: "Next.js: a client component, a route handler, an edge route",
  versions: ["next"],
  common: { "exercise.js": "app/exercise.js" },
  tries: {
    "build and start, Turbopack": async (it) => {
      it.clear(".next");
      await it.exec("next", "build");
      return routes(
        it,
        await it.start("next", "start", "--hostname", "127.0.0.1", "--port", "PORT"),
      );
    },
    "build and start, webpack": async (it) => {
      it.clear(".next");
      await it.exec("next", "build", "--webpack");
      return routes(
        it,
        await it.start("next", "start", "--hostname", "127.0.0.1", "--port", "PORT"),
      );
    },
    dev: async (it) => {
      it.clear(".next");
      return routes(it, await it.start("next", "dev", "--hostname", "127.0.0.1", "--port", "PORT"));
    },
  },
};

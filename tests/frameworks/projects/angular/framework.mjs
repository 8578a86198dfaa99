export default {
  title: "Angular",
  versions: ["@angular/core", "@angular/build"],
  node: 24,
  common: { "exercise.js": "src/exercise.js" },
  tries: {
    build: async (it) => {
      await it.exec("ng", "build");
      return it.page(await it.files("dist/browser"));
    },
    serve: async (it) =>
      it.page(await it.start("ng", "serve", "--host", "127.0.0.1", "--port", "PORT")),
  },
};

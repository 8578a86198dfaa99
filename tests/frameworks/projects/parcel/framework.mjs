export default {
  title: "Parcel",
  versions: ["parcel"],
  installScripts: true,
  common: { "exercise.js": "exercise.js", "page.js": "page.js", "index.html": "index.html" },
  tries: {
    build: async (it) => {
      await it.exec("parcel", "build", "--no-cache", "index.html");
      return it.page(await it.files("dist"));
    },
    dev: async (it) =>
      it.page(
        await it.start(
          "parcel",
          "serve",
          "--no-cache",
          "--host",
          "127.0.0.1",
          "--port",
          "PORT",
          "index.html",
        ),
      ),
  },
};

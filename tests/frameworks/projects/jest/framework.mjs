export default {
  title: "Jest",
  versions: ["jest", "ts-jest"],
  common: { "exercise.js": "exercise.js", "checked.ts": "checked.ts" },
  tries: {
    "babel-jest": (it) => it.program("jest", "--config", "jest.babel.json"),
    "ts-jest": (it) => it.program("jest", "--config", "jest.ts.json"),
    "the messenger-send/testing entry in jsdom": async (it) => {
      await it.exec("jest", "--config", "jest.jsdom.json");
      return [];
    },
  },
};

export default {
  title: "Vitest",
  versions: ["vitest"],
  node: 24,
  common: { "exercise.js": "exercise.js", "send.test.vitest.js": "send.test.js" },
  tries: {
    "in Node": (it) => it.program("vitest", "run", "--environment", "node"),
    "in jsdom": (it) => it.program("vitest", "run", "--environment", "jsdom"),
  },
};

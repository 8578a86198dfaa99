// Whole Node processes, in turns: the cost before the first message of a script or a serverless
// function.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, ratio } from "../lib/interleave.mjs";
import { digits, table, times } from "../lib/markdown.mjs";
import { processTimes } from "../lib/processes.mjs";

const ROUNDS = 20;
const MESSAGE = '{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"hello"}}';
const NOTHING = "nothing: bare Node";
const OURS = "messenger-send, and one check";
const PEER = "@warriorteam/messenger-sdk";
const CHECKS = `if (!validateJson('${MESSAGE}').valid) process.exitCode = 1;`;

const PROGRAMS = {
  [NOTHING]: "",
  "messenger-send": 'import "messenger-send";',
  [OURS]: `import { validateJson } from "messenger-send"; ${CHECKS}`,
  [PEER]: `import "${PEER}";`,
  "messaging-api-messenger": 'import "messaging-api-messenger";',
  "zod, and the shared rules":
    'import { check, isRight } from "./peers/zod.mjs"; if (!isRight(check(JSON.parse(\'' +
    MESSAGE +
    "')))) process.exitCode = 1;",
};

export const title = "Cold start in Node";

export function measure({ folder }) {
  for (const name of [PEER, "messaging-api-messenger", "zod"]) {
    link(
      fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url)),
      join(folder, "node_modules", name),
    );
  }
  link(fileURLToPath(new URL("../peers", import.meta.url)), join(folder, "peers"));
  const files = Object.entries(PROGRAMS).map(([name, text], index) => {
    const file = `start-${index}.mjs`;
    writeFileSync(join(folder, file), text);
    return [name, file];
  });
  const found = processTimes(Object.fromEntries(files), { cwd: folder, rounds: ROUNDS });
  const peer = found[PEER];
  return {
    text: table(
      ["a process that imports", "ms, median", "ms, best", `of ${PEER}`, "ms above bare Node"],
      Object.entries(found).map(([name, time]) => [
        name,
        digits(time.median),
        digits(time.best),
        times(ratio(time, peer)),
        digits(above(time, found[NOTHING])),
      ]),
    ),
    aims: [
      {
        what: `a Node process that imports and checks once, of one that imports \`${PEER}\``,
        most: 1.1,
        is: ratio(found[OURS], peer),
      },
    ],
  };
}

/** The median difference within a round. */
function above(time, bare) {
  return median(time.rounds.map((ms, round) => ms - bare.rounds[round]));
}

function link(target, place) {
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(target, place, "junction");
}

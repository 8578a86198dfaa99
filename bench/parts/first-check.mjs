// The time to the first check in a page: from the navigation until a form can say what is wrong with a message.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../../scripts/lib/serve.mjs";
import { bundlePage, workshop } from "../lib/bundle.mjs";
import { median, rotated } from "../lib/interleave.mjs";
import { bytes, digits, table } from "../lib/markdown.mjs";
import { NETWORKS, withVisits } from "../lib/visits.mjs";

const ROUNDS = 3;
const MESSAGE = { recipient: { id: "7001002003004005" }, message: { text: "" } };

/** What a page runs: from the first byte of its program to its first verdict. */
const ours = (entry) => `
  import { init, validate } from "${entry}";
  init()
    .then(() => validate(${JSON.stringify(MESSAGE)}).valid)
    .then(done, (error) => { globalThis.failed = String(error?.stack ?? error); });
`;
const peer = (name) => `
  import { check, isRight } from ${JSON.stringify(fileURLToPath(new URL(`../peers/${name}.mjs`, import.meta.url)))};
  done(isRight(check(${JSON.stringify(MESSAGE)})));
`;
const DONE = `
  function done(isValid) {
    if (isValid) {
      globalThis.failed = "an empty text is not valid";
    } else {
      globalThis.doneAt = performance.now();
    }
  }
`;

const PAGES = [
  { name: "messenger-send/validate", program: ours("messenger-send/validate"), preloads: true },
  {
    name: "messenger-send/validate, without preload",
    program: ours("messenger-send/validate"),
  },
  { name: "messenger-send", program: ours("messenger-send"), preloads: true },
  { name: "zod, with the shared rules", program: peer("zod") },
  { name: "valibot, with the shared rules", program: peer("valibot") },
  { name: "ajv, with the shared rules", program: peer("ajv") },
];

export const title = "Time to the first check in a page";

export async function measure({ packageFile }) {
  const sites = [];
  const networks = Object.entries(NETWORKS);
  const noVisits = () => Object.fromEntries(networks.map(([network]) => [network, []]));
  const found = Object.fromEntries(PAGES.map(({ name }) => [name, noVisits()]));
  try {
    for (const page of PAGES) {
      sites.push({ name: page.name, ...(await siteOf(page, packageFile)) });
    }
    await withVisits(async (visit) => {
      for (const [network, conditions] of networks) {
        for (let round = 0; round < ROUNDS; round += 1) {
          for (const { name, url } of rotated(sites, round)) {
            found[name][network].push(await visit(url, conditions));
          }
        }
      }
    });
  } finally {
    await Promise.all(sites.map(({ close }) => close()));
  }
  return {
    text: [
      `Milliseconds from navigation to the first validation result, in Chromium on the networks that its DevTools simulate (${describe()}),`,
      "with an empty cache, and with the cache of a previous visit, when only the HTML comes over the network. The files are bundled by Vite and compressed",
      `with gzip; medians of ${ROUNDS} visits. \`messenger-send\` checks all rules, the peers only the shared ones.`,
      "",
      table(
        [
          "page",
          "bytes",
          "requests",
          ...Object.keys(NETWORKS).flatMap((network) => [network, "cached"]),
        ],
        PAGES.map(({ name }) => row(name, found[name])),
      ),
    ].join("\n"),
    aims: [],
  };
}

function describe() {
  return Object.entries(NETWORKS)
    .map(
      ([name, { latency, downloadThroughput }]) =>
        `${name}: ${latency} ms, ${digits(downloadThroughput / 1000)} KB/s`,
    )
    .join("; ");
}

function row(name, byNetwork) {
  const [{ cold }] = Object.values(byNetwork)[0];
  const times = Object.values(byNetwork).flatMap((visits) => [
    digits(median(visits.map((visit) => visit.cold.ms))),
    digits(median(visits.map((visit) => visit.cached.ms))),
  ]);
  return [name, bytes(cold.bytes), cold.requests, ...times];
}

/** A page of its own, whose HTML is fetched anew each time, and whose other files may be kept. */
async function siteOf({ program, preloads = false }, packageFile) {
  const root = workshop();
  writeFileSync(join(root, "page.js"), `${program}${DONE}`);
  writeFileSync(
    join(root, "index.html"),
    '<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>bench</title><script type="module" src="./page.js"></script></head></html>',
  );
  const folder = await bundlePage(root, {
    "messenger-send/validate": packageFile("validate/browser.js"),
    "messenger-send": packageFile("browser.js"),
  });
  const html = readFileSync(join(folder, "index.html"), "utf8").replace(
    "<title>",
    () => `${preloads ? preload(folder) : ""}<title>`,
  );
  const server = await serve({
    roots: { "/": folder },
    headers: { "Cache-Control": "max-age=3600" },
    handlers: {
      "/page": (_, response) => {
        response.writeHead(200, { "Content-Type": "text/html", "Cache-Control": "no-store" });
        response.end(html);
      },
    },
  });
  return { url: `${server.url}/page/`, close: server.close };
}

function preload(folder) {
  const [wasm] = readdirSync(join(folder, "assets")).filter((file) => file.endsWith(".wasm"));
  return `<link rel="preload" as="fetch" type="application/wasm" crossorigin href="/assets/${wasm}">`;
}

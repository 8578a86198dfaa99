// One project: its folder with the tool and the packed package installed, and the ways in which its tries run programs, servers and pages.
import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { installLocked, withoutNpm } from "../../../scripts/lib/install.mjs";
import { at } from "../../../scripts/lib/root.mjs";
import { must, run, Stop } from "../../../scripts/lib/run.mjs";
import { serve as serveFolder } from "../../package/lib/web.mjs";
import { assertResult } from "./result.mjs";

const PROJECTS = fileURLToPath(new URL("../projects/", import.meta.url));
const COMMON = fileURLToPath(new URL("../common/", import.meta.url));
/** What an earlier run may have left: a try must not live on it. */
const CACHES = [
  "node_modules/.vite",
  "node_modules/.vite-temp",
  "node_modules/.cache",
  "node_modules/messenger-send",
];
const KEPT = ["node_modules", ".installed", "package-lock.json"];
const STARTS_WITHIN_MS = 120_000;
const ENDS_WITHIN_MS = 300_000;

/** The names of all projects. */
export function projectNames() {
  return readdirSync(PROJECTS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/**
 * Installs a project.
 * @param {string} name
 * @param {{ tarball: string, graph: object, token: string, browser: () => Promise<object> }} stage
 */
export async function openProject(name, stage) {
  const source = join(PROJECTS, name);
  const { default: description } = await import(
    new URL(`../projects/${name}/framework.mjs`, import.meta.url)
  );
  // Tools mix paths with and without links up.
  const folder = realpathSync(
    await installLocked(source, join("frameworks", name), { scripts: description.installScripts }),
  );
  for (const entry of readdirSync(folder).filter((one) => !KEPT.includes(one))) {
    rmSync(join(folder, entry), { recursive: true, force: true });
  }
  for (const cache of CACHES) rmSync(join(folder, cache), { recursive: true, force: true });
  for (const [from, places] of Object.entries(description.common ?? {})) {
    for (const to of [places].flat()) {
      mkdirSync(dirname(join(folder, to)), { recursive: true });
      cpSync(join(COMMON, from), join(folder, to));
    }
  }
  cpSync(source, folder, { recursive: true, filter: (path) => !path.endsWith("framework.mjs") });
  await addPackage(folder, stage.tarball);
  return {
    description,
    versions: versionsOf(folder, description.versions),
    tries: triesOf(folder, description, stage),
  };
}

/** As `npm install TARBALL` does it, without asking the registry again. */
async function addPackage(folder, tarball) {
  const home = join(folder, "node_modules", "messenger-send");
  mkdirSync(home, { recursive: true });
  await must(
    "tar could not unpack the tarball.",
    "tar",
    ["-xzf", tarball, "-C", home, "--strip-components=1"],
    { quiet: true },
  );
  const file = join(folder, "package.json");
  const own = JSON.parse(readFileSync(file, "utf8"));
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  writeFileSync(
    file,
    `${JSON.stringify({ ...own, dependencies: { ...own.dependencies, "messenger-send": version } }, null, 2)}\n`,
  );
}

function versionsOf(folder, packages) {
  return packages.map((installed) => {
    const { name, version } = JSON.parse(
      readFileSync(join(folder, "node_modules", installed, "package.json"), "utf8"),
    );
    return `${name.startsWith("@deno/") ? "deno" : name} ${version}`;
  });
}

/** Each try as a function that throws where it fails, and cleans up. */
function triesOf(folder, { tries, node }, stage) {
  return Object.entries(tries).map(([name, attempt]) => [
    name,
    async () => {
      const ends = [];
      try {
        const seen = stage.graph.accepted.length;
        const result = await attempt(toolsOf(folder, node, stage, ends));
        assertResult(result, stage.graph.accepted.slice(seen));
      } finally {
        await Promise.all(ends.map((end) => end()));
      }
    },
  ]);
}

function toolsOf(folder, node, stage, ends) {
  const env = environment(folder, node, stage);
  /** Runs a program of the project to its end; its output. */
  const exec = async (command, ...args) => {
    const { code, output, timedOut } = await run(command, args, {
      cwd: folder,
      env,
      quiet: true,
      timeoutMs: ENDS_WITHIN_MS,
    });
    if (code !== 0) {
      throw new Error(
        `${command} ${args.join(" ")} ${timedOut ? "did not end" : `ended with code ${code}`}:\n${output.slice(-4000)}`,
      );
    }
    return output;
  };
  return {
    graph: stage.graph.url,
    exec,
    makeExecutable: (path) => chmodSync(join(folder, path), 0o755),
    clear: (path) => rmSync(join(folder, path), { recursive: true, force: true }),
    read: (path) => readFileSync(join(folder, path), "utf8"),
    /** All files below a folder of the project, by their paths in the project. */
    list: (path) =>
      readdirSync(join(folder, path), { recursive: true }).map((file) => join(path, file)),
    edit: (path, change) =>
      writeFileSync(join(folder, path), change(readFileSync(join(folder, path), "utf8"))),
    /** Copies a bundle, its own folder or the one named, to where no node_modules are; its path there. */
    alone: async (path, root = dirname(path)) => {
      const place = realpathSync(mkdtempSync(join(tmpdir(), "messenger-send-alone-")));
      ends.push(async () => rmSync(place, { recursive: true, force: true }));
      cpSync(join(folder, root), place, { recursive: true });
      return join(place, relative(root, path));
    },
    /** Runs a program that prints `RESULT {...}`, once or more; the last one. */
    program: async (command, ...args) => resultIn(await exec(command, ...args)),
    /** Starts a server of the project; `PORT` in its arguments is a free port. Its address, once it answers. */
    start: async (command, ...args) => {
      const port = await freePort();
      const child = startServer(
        command,
        args.map((one) => one.replaceAll("PORT", port)),
        { cwd: folder, env: { ...process.env, ...env, PORT: String(port) } },
      );
      ends.push(child.end);
      const url = `http://127.0.0.1:${port}/`;
      await answering(url, child);
      return url;
    },
    /** Serves a folder of files; its address. */
    files: async (path) => {
      const { url, close } = await serveFolder(join(folder, path));
      ends.push(close);
      return url;
    },
    /** Opens a page that tells its result. */
    page: async (url) => (await stage.browser()).result(withQuery(url, stage), 60_000),
    /** Asks a route that answers its result. */
    json: async (url) => {
      const answer = await fetch(withQuery(url, stage));
      const text = await answer.text();
      try {
        return JSON.parse(text);
      } catch {
        throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 1000)}`);
      }
    },
  };
}

function environment(folder, node, { graph, token }) {
  const paths = [join(folder, "node_modules", ".bin"), dirname(nodeOf(node)), process.env.PATH];
  const quiet = {
    CI: "1",
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
    NODE_OPTIONS: undefined,
    NODE_TEST_CONTEXT: undefined,
    NODE_ENV: undefined,
    BROWSERSLIST_IGNORE_OLD_DATA: "1",
  };
  const silent = {
    NEXT_TELEMETRY_DISABLED: "1",
    NUXT_TELEMETRY_DISABLED: "1",
    ASTRO_TELEMETRY_DISABLED: "1",
    NG_CLI_ANALYTICS: "false",
    WRANGLER_SEND_METRICS: "false",
    DENO_NO_UPDATE_CHECK: "1",
  };
  return {
    ...withoutNpm(),
    ...quiet,
    ...silent,
    PATH: paths.join(delimiter),
    GRAPH_URL: graph.url,
    GRAPH_TOKEN: token,
  };
}

/** The Node that a tool needs: that of this process, or one of the repository's own packages. */
function nodeOf(major) {
  if (major === undefined || Number(process.versions.node.split(".")[0]) >= major) {
    return process.execPath;
  }
  const path = at("node_modules", `node${major}`, "bin", "node");
  if (!existsSync(path)) {
    throw new Stop(
      `This tool needs Node ${major}: run the tests with it, or \`npm ci\`, which brings it on Linux.`,
    );
  }
  return path;
}

function resultIn(output) {
  const line = output.split("\n").findLast((one) => one.includes("RESULT {"));
  if (line === undefined) {
    throw new Error(`the program printed no result:\n${output.slice(-4000)}`);
  }
  const text = line.slice(line.indexOf("RESULT ") + "RESULT ".length);
  return JSON.parse(text.slice(0, text.lastIndexOf("}") + 1));
}

function withQuery(url, { graph, token }) {
  const address = new URL(url);
  address.searchParams.set("graph", graph.url);
  address.searchParams.set("token", token);
  return address.href;
}

function startServer(command, args, options) {
  const child = spawn(command, args, {
    ...options,
    env: Object.fromEntries(Object.entries(options.env).filter(([, value]) => value !== undefined)),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  let code;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => (output = (output + chunk).slice(-8000)));
  }
  const ended = new Promise((resolve) => {
    const end = (how) => {
      code = how;
      resolve(how);
    };
    child.once("error", (error) => end(error.message));
    child.once("exit", (status, signal) => end(status ?? signal));
  });
  return {
    output: () => output,
    code: () => code,
    async end() {
      if (code === undefined) {
        // A group of its own: dev servers start programs of their own.
        process.kill(-child.pid, "SIGKILL");
      }
      await ended;
    },
  };
}

async function answering(url, child) {
  const until = performance.now() + STARTS_WITHIN_MS;
  while (performance.now() < until && child.code() === undefined) {
    const isThere = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
    }).then(
      (answer) => answer.body?.cancel().then(() => true) ?? true,
      () => false,
    );
    if (isThere) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(
    `the server ${child.code() === undefined ? "did not answer" : `ended with ${child.code()}`}:\n${child.output().slice(-4000)}`,
  );
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Finds the machine's Chromium and its driver, and the options to start them in tests. The flags are in webdriver.json.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at } from "./root.mjs";
import { Stop, which } from "./run.mjs";

const BROWSERS = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The path of Chromium or Chrome, or undefined. The variable CHROME takes precedence. */
export function findChromium() {
  return named("CHROME") ?? first(BROWSERS) ?? ELSEWHERE.find((path) => existsSync(path));
}

/** The path of chromedriver, or undefined. The variable CHROMEDRIVER takes precedence. */
export function findChromedriver() {
  return named("CHROMEDRIVER") ?? first(["chromedriver"]);
}

function named(variable) {
  const path = process.env[variable];
  if (path && !existsSync(path)) {
    throw new Stop(`${variable} names ${path}, which does not exist: correct it or unset it.`);
  }
  return path || undefined;
}

function first(names) {
  for (const name of names) {
    const path = which(name);
    if (path !== undefined) {
      return path;
    }
  }
  return undefined;
}

/** The options of playwright-core's `chromium.launch`. */
export function launchOptions() {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Stop("Chromium is missing: run `npm run setup`.");
  }
  return { executablePath, headless: true, args: capabilities()["goog:chromeOptions"].args };
}

/** Writes webdriver.json, with this machine's browser added, to a temporary file, and returns its path. */
export function webdriverJson() {
  const all = capabilities();
  all["goog:chromeOptions"].binary = findChromium();
  const file = join(mkdtempSync(join(tmpdir(), "webdriver-")), "webdriver.json");
  writeFileSync(file, JSON.stringify(all));
  return file;
}

function capabilities() {
  return JSON.parse(readFileSync(at("webdriver.json"), "utf8"));
}

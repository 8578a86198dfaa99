// Checks the links in a folder of HTML: internal ones must lead to an existing file and anchor, external ones must be valid URLs.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

const ORIGIN = "http://site.invalid";
const ATTRIBUTE = /\s(href|src|id)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
const TAG = /<[a-z][^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>/gi;
// Scripts and comments, whose content is not markup.
const NO_MARKUP =
  /<!--[\s\S]*?-->|(<script\b[^>]*>)[\s\S]*?<\/script>|(<style\b[^>]*>)[\s\S]*?<\/style>/gi;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };

/**
 * @param {string} folder
 * @param {object} [options]
 * @param {string} [options.base] the path under which the folder is served, with a slash at both ends
 * @param {(path: string) => boolean} [options.hasState] whether a page, given by its path, keeps its state in the fragment, so that fragments are not anchors
 * @param {(path: string, link: string) => boolean} [options.skip] links that are not checked
 * @returns {{ pages: number, inside: number, outside: number, broken: string[] }}
 */
export function checkLinks(
  folder,
  { base = "/", hasState = () => false, skip = () => false } = {},
) {
  const pages = new Map(htmlFiles(folder).map((path) => [path, read(join(folder, path))]));
  const broken = [];
  let inside = 0;
  let outside = 0;
  for (const [path, { links }] of pages) {
    for (const link of links) {
      if (skip(path, link)) {
        continue;
      }
      const fail = (why) => broken.push(`${path}: ${link} ${why}`);
      const url = resolved(link, `${ORIGIN}${base}${path}`);
      if (url === undefined) {
        fail("is no address");
      } else if (url.origin !== ORIGIN) {
        outside += 1;
        if (!looksRight(url)) {
          fail("does not look like an address");
        }
      } else {
        inside += 1;
        const why = problem(url);
        if (why !== undefined) {
          fail(why);
        }
      }
    }
  }
  return { pages: pages.size, inside, outside, broken };

  function problem({ pathname, hash }) {
    if (!pathname.startsWith(base)) {
      return `leaves ${base}`;
    }
    let target = decodeURIComponent(pathname.slice(base.length));
    const file = join(folder, target);
    if (existsSync(file) && statSync(file).isDirectory()) {
      target = join(target, "index.html");
    }
    target = target.split(sep).join("/");
    if (!existsSync(join(folder, target))) {
      return "is not there";
    }
    const page = pages.get(target);
    if (hash === "" || page === undefined || hasState(target)) {
      return undefined;
    }
    const anchor = hash.slice(1);
    // Like browsers, tries the fragment unchanged, then decoded. In a source page of rustdoc, `#10-20` is two anchors.
    const isThere =
      page.anchors.has(anchor) ||
      page.anchors.has(decodeURIComponent(anchor)) ||
      (/^\d+-\d+$/.test(anchor) && anchor.split("-").every((line) => page.anchors.has(line)));
    return isThere ? undefined : "has no such anchor";
  }
}

function htmlFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

/** The links and the anchors of a page. */
function read(file) {
  const links = new Set();
  const anchors = new Set();
  const markup = readFileSync(file, "utf8").replace(NO_MARKUP, "$1$2");
  for (const [tag] of markup.matchAll(TAG)) {
    // `preconnect` names an origin, not a page.
    const isHint = /\brel=["']?(?:preconnect|dns-prefetch)/.test(tag);
    for (const [, name, ...values] of tag.matchAll(ATTRIBUTE)) {
      const value = decoded(values.find((one) => one !== undefined));
      if (name.toLowerCase() === "id") {
        anchors.add(value);
      } else if (!isHint) {
        links.add(value);
      }
    }
  }
  return { links, anchors };
}

function decoded(text) {
  return text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => ENTITIES[name]);
}

function resolved(link, from) {
  try {
    return new URL(link, from);
  } catch {
    return undefined;
  }
}

function looksRight({ protocol, hostname, username, href }) {
  return protocol === "data:"
    ? !/\s/.test(href)
    : protocol === "https:" && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname) && username === "";
}

// The documentation site. `npm run docs` generates pages/generated/ and builds; DOCS_BASE is the path under which the site is served.
import { readFileSync } from "node:fs";
import { defineConfig } from "vitepress";
import { apiSidebar } from "../generate/api.mjs";
import { BASE, ELSEWHERE, inPackage, inRepository } from "../generate/places.mjs";

const TITLE = "messenger-send";
const DESCRIPTION =
  "Build, check and send Facebook Messenger messages, in browsers, Cloudflare Workers, Node, Deno, Bun and Rust.";

const { version, repository } = JSON.parse(readFileSync(inPackage("package.json"), "utf8"));
const source = (repository?.url ?? "").replace(/^git\+/, "").replace(/\.git$/, "");

const GUIDES = [
  {
    text: "Start",
    items: [
      { text: "First message", link: "/guides/first-message" },
      { text: "Checking a form", link: "/guides/checking-a-form" },
      { text: "Sending from a Worker", link: "/guides/workers" },
      { text: "Rust", link: "/guides/rust" },
    ],
  },
  {
    text: "Sending",
    items: [
      { text: "When a send fails", link: "/guides/when-a-send-fails" },
      { text: "Sending many messages", link: "/guides/many" },
      { text: "Files and images", link: "/guides/files" },
      { text: "The 24-hour window", link: "/guides/window" },
      { text: "Long texts", link: "/guides/long-texts" },
      { text: "Instagram", link: "/guides/instagram" },
    ],
  },
  {
    text: "In your project",
    items: [
      { text: "Testing", link: "/guides/testing" },
      { text: "Frameworks and tools", link: "/guides/frameworks" },
      { text: "Migrating from another client", link: "/guides/migration" },
    ],
  },
  {
    text: "Reference",
    items: [
      { text: "Rules", link: "/rules/" },
      { text: "Error codes", link: "/errors/" },
      { text: "JavaScript API", link: "/api/" },
      { text: "Rust API", link: "/rust/messenger_send/index.html", target: "_self" },
    ],
  },
];

/** Links to the playground and rustdoc bypass VitePress' router, so they get the base and a target. */
function linkBeside({ tokens }) {
  for (const link of tokens.flatMap(({ children }) => children ?? [])) {
    const address = link.type === "link_open" ? link.attrGet("href") : "";
    if (ELSEWHERE.test(address)) {
      link.attrSet("href", BASE + address.replace(/^\//, ""));
      link.attrSet("target", "_self");
    }
  }
}

export default defineConfig({
  title: TITLE,
  description: DESCRIPTION,
  lang: "en",
  base: BASE,
  srcDir: "pages",
  outDir: "dist",
  cacheDir: ".cache",
  // Otherwise every page contains the URLs of all pages.
  metaChunk: true,
  rewrites: { "generated/:path(.*)": ":path" },
  // The playground and rustdoc are not VitePress pages; the link check of `npm run docs` covers them.
  ignoreDeadLinks: [ELSEWHERE],
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${BASE}icon.svg` }]],
  // The front page shows images from docs/; by default, the development server serves nothing outside the pages.
  vite: { server: { fs: { allow: [inRepository(".")] } } },
  markdown: {
    config: (markdown) => markdown.core.ruler.push("beside", linkBeside),
    // Like GitHub, so that links in docs/ lead to the same headings in both places.
    anchor: {
      slugify: (heading) =>
        heading
          .trim()
          .toLowerCase()
          .replace(/[^\p{L}\p{N}_\- ]/gu, "")
          .replaceAll(" ", "-"),
    },
    theme: { light: "github-light-high-contrast", dark: "github-dark" },
  },
  themeConfig: {
    logo: "/icon.svg",
    nav: [
      { text: "Guides", link: "/guides/first-message", activeMatch: "/guides/" },
      { text: "Rules", link: "/rules/" },
      { text: "Error codes", link: "/errors/" },
      {
        text: "API",
        activeMatch: "/api/",
        items: [
          { text: "JavaScript", link: "/api/" },
          { text: "Rust", link: "/rust/messenger_send/index.html", target: "_self" },
        ],
      },
      { text: "Playground", link: "/play/", target: "_self" },
    ],
    sidebar: { "/api/": apiSidebar(), "/": GUIDES },
    outline: { level: [2, 3] },
    socialLinks: source.startsWith("https://github.com/") ? [{ icon: "github", link: source }] : [],
    search: {
      provider: "local",
      options: {
        // The examples would outweigh the text of the rules in the index.
        _render: (source, env, markdown) =>
          env.frontmatter?.search === false
            ? ""
            : markdown
                .render(source, env)
                .replace(/<details class="example">[\s\S]*?<\/details>/g, ""),
        miniSearch: {
          // Finds a code such as `text.too_long` as a whole and by its parts.
          options: {
            // Its source text also runs in the browser, so it cannot refer to anything outside.
            tokenize: (text) =>
              text
                .split(/[^\p{L}\p{N}._]+/u)
                .flatMap((word) => [word, ...(/[._]/.test(word) ? word.split(/[._]+/) : [])])
                .filter(Boolean),
          },
        },
      },
    },
    footer: {
      message: `Version ${version}. MIT or Apache-2.0, at your choice. Not made or endorsed by Meta.`,
    },
  },
});

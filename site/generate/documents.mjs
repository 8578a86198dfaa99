// Guides whose text is in docs/, so that it can also be read in the repository.
import { readFileSync } from "node:fs";
import { inRepository } from "./places.mjs";
import { siteLinks } from "./tables.mjs";

/** @returns {Record<string, string>} Markdown by path */
export function documents() {
  return {
    "guides/frameworks.md": page("frameworks.md"),
    "guides/migration.md": page("migrate.md"),
  };
}

function page(name) {
  return siteLinks(readFileSync(inRepository("docs", name), "utf8").replace(/^<!--.*?-->\s*/s, ""));
}

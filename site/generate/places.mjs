// The folders of the site, and the path under which it is served.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { siteBase } from "../../scripts/lib/docs.mjs";

const SITE = fileURLToPath(new URL("..", import.meta.url));

/** A path in the site's folder. */
export const inSite = (...parts) => join(SITE, ...parts);

/** A path in the repository. */
export const inRepository = (...parts) => join(SITE, "..", ...parts);

/** A path in the built package. */
export const inPackage = (...parts) => inRepository("pkg", ...parts);

/** Pages that are generated from other files; VitePress serves them as if they were in pages/. */
export const GENERATED = inSite("pages", "generated");

/** The path under which the site is served, with a slash at both ends. */
export const BASE = siteBase();

/** Links to folders that are added to the site after VitePress has built it. */
export const ELSEWHERE = /^\/?(?:play|rust)\//;

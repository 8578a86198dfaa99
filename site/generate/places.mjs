// Where the site's pieces are, and the path that it is served under.
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

/** Pages that are made from other files; VitePress serves them as if they stood in pages/. */
export const GENERATED = inSite("pages", "generated");

/** The path that the site is served under, with a slash at both ends. */
export const BASE = siteBase();

/** Links to what is put beside the pages after VitePress has built them. */
export const ELSEWHERE = /^\/?(?:play|rust)\//;

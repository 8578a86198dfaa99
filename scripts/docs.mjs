// `npm run docs`: builds the package, and the documentation site from it into site/dist, static files for any host.
// `npm run docs -- --serve` serves what it has built. `npm run docs:dev` shows the pages while they are written, without the playground and rustdoc.
// DOCS_BASE in the environment is the path that the site will be served under, as /messenger-send/; the root by default.
import { parseArgs } from "node:util";
import { build } from "./lib/build.mjs";
import {
  buildSite,
  checkSite,
  generatePages,
  installSite,
  siteBase,
  vitepress,
} from "./lib/docs.mjs";
import { main, Stop, say } from "./lib/run.mjs";
import { serve } from "./lib/serve.mjs";
import { setUp } from "./lib/setup.mjs";

const PORT = 4174;

await main(async () => {
  const { serve: isServed, dev } = options();
  await setUp("build");
  await build();
  if (dev) {
    await installSite();
    await generatePages();
    await vitepress("dev");
    return;
  }
  const folder = await buildSite();
  say(checkSite(folder));
  say(`${folder} holds the documentation: copy it to any static host`);
  if (isServed) {
    const { url } = await serve({ roots: { [siteBase()]: folder }, port: PORT });
    console.log(`\nThe documentation: ${url}${siteBase()}\nCtrl-C ends it.`);
  }
});

function options() {
  const known = { serve: { type: "boolean" }, dev: { type: "boolean" } };
  try {
    return parseArgs({ options: known }).values;
  } catch (error) {
    throw new Stop(
      `${error.message} \`npm run docs -- --serve\` and \`-- --dev\` are the only ones there are.`,
    );
  }
}

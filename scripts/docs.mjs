// `npm run docs`: builds the package, and from it the documentation site into site/dist: static files for any host.
// `npm run docs -- --serve` also serves the site. `npm run docs:dev` previews the pages while you write them, without the playground and
// rustdoc. The variable DOCS_BASE is the path under which the site will be served, such as /messenger-send/; the default is the root.
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
  say(`the documentation is in ${folder}: copy it to any static host`);
  if (isServed) {
    const { url } = await serve({ roots: { [siteBase()]: folder }, port: PORT });
    console.log(`\nThe documentation: ${url}${siteBase()}\nPress Ctrl-C to stop.`);
  }
});

function options() {
  const known = { serve: { type: "boolean" }, dev: { type: "boolean" } };
  try {
    return parseArgs({ options: known }).values;
  } catch (error) {
    throw new Stop(
      `${error.message} \`npm run docs -- --serve\` and \`-- --dev\` are the only options.`,
    );
  }
}

// `npm run page`: builds the package, and from it the demo page into page/: static files that any host can serve under any path.
import { build } from "./lib/build.mjs";
import { buildPage } from "./lib/page.mjs";
import { main, say } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

await main(async () => {
  await setUp("build");
  await build();
  const folder = await buildPage();
  say(`the demo page is in ${folder}: copy it to any static host`);
});

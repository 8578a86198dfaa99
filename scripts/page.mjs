// `npm run page`: builds the package and makes page/ from it, a folder of static files that any host can serve under any path.
import { build } from "./lib/build.mjs";
import { buildPage } from "./lib/page.mjs";
import { main, say } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

await main(async () => {
  await setUp("build");
  await build();
  const folder = await buildPage();
  say(`${folder} holds the demo page: copy it to any static host`);
});

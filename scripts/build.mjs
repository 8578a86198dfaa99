// `npm run build`: leaves the npm package in pkg/.
import { build } from "./lib/build.mjs";
import { main } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

await main(async () => {
  await setUp("build");
  await build();
});

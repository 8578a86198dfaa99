// `npm run build`: builds the npm package into pkg/.
import { build } from "./lib/build.mjs";
import { main } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

await main(async () => {
  await setUp("build");
  await build();
});

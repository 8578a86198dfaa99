// `npm run setup`: installs everything that building and testing need. `npm start`, `npm run build`
// and `npm test` install what they need by themselves.
import { main, say } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

await main(async () => {
  await setUp("test");
  say("everything that building and testing need is installed");
});

// `npm run generate`: writes the generated files anew (the native test that says when they are stale can also write them).
import { ROOT } from "./lib/root.mjs";
import { main, must, say } from "./lib/run.mjs";

await main(async () => {
  const advice = "The generator failed: look at its message above.";
  await must(advice, "cargo", ["test", "--test", "generated"], { cwd: ROOT, env: { UPDATE: "1" } });
  say("the generated files are up to date");
});

// `npm run generate`: writes the generated files, with the native test that otherwise reports stale ones.
import { ROOT } from "./lib/root.mjs";
import { main, must, say } from "./lib/run.mjs";

await main(async () => {
  const advice = "The generator failed: see its message above.";
  await must(advice, "cargo", ["test", "--test", "generated"], { cwd: ROOT, env: { UPDATE: "1" } });
  say("the generated files are up to date");
});

// Runs after every `npm install`. The Node releases that the package tests use (node22, node24) install a command `node`, which
// would take precedence over the developer's own in every script of package.json. This script removes it.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

for (const name of ["node", "node.cmd", "node.ps1"]) {
  rmSync(fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url)), { force: true });
}

// Runs after every `npm install`. The Node releases that the package tests run in (node22, node24) bring a command `node`,
// and npm puts it before the developer's own in every script of package.json. Take it off that path again.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

for (const name of ["node", "node.cmd", "node.ps1"]) {
  rmSync(fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url)), { force: true });
}

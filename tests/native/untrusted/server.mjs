// A server whose certificate nobody trusts; it signs itself. The key is made for this test and protects nothing.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";

const file = (name) => readFileSync(new URL(name, import.meta.url));
const server = createServer(
  { key: file("key.pem"), cert: file("certificate.pem") },
  (_, response) => response.end("{}"),
);
server.listen(0, "127.0.0.1", () => console.log(`https://127.0.0.1:${server.address().port}`));

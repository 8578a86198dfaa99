import { denoTries } from "../../lib/deno.mjs";

export default denoTries("Deno 2");

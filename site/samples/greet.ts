import { type SendOptions, send } from "messenger-send";

/** Greets a person; `options` lets a test give a `fetch` of its own. */
export function greet(to: string, options: SendOptions) {
  return send({ to, text: "hello, world" }, options);
}

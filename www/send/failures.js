// What the stand-in can be told to do wrong, to see what the package makes of it. Each is a script of steps for the next requests,
// see tests/local-graph/steps.mjs.
const error = (rest) => ({ step: "error", ...rest });

/** { id, name, says, steps, options? }: options are added to those of `send`. */
export const FAILURES = [
  { id: "none", name: "Accept it", says: "", steps: [] },
  {
    id: "expired",
    name: "Token expired",
    says: "Graph answers 190/463.",
    steps: [
      error({
        code: 190,
        subcode: 463,
        message: "Error validating access token: Session has expired.",
      }),
    ],
  },
  {
    id: "window",
    name: "Window closed",
    says: "Graph answers 10/2018278.",
    steps: [error({ code: 10, subcode: 2018278 })],
  },
  {
    id: "blocked",
    name: "Person blocked the Page",
    says: "Graph answers 551/1545041.",
    steps: [error({ code: 551, subcode: 1545041 })],
  },
  {
    id: "restricted",
    name: "Page restricted",
    says: "Graph answers 10/1893063.",
    steps: [
      error({
        code: 10,
        subcode: 1893063,
        message: "(#10) This Page is restricted from sending messages.",
      }),
    ],
  },
  {
    id: "throttled",
    name: "Throttled once",
    says: "Graph answers 613 once, then accepts.",
    steps: [{ step: "throttle", times: 1, code: 613, is_transient: true }],
  },
  {
    id: "outage",
    name: "Outage",
    says: "Graph answers code 2 to three attempts.",
    steps: Array(3).fill(error({ code: 2, is_transient: true })),
  },
  {
    id: "half",
    name: "Half an answer",
    says: "Graph accepts, and its answer breaks off.",
    steps: [{ step: "halfJson" }],
  },
  {
    id: "silence",
    name: "Silence",
    says: "Graph accepts and never answers; the timeout is 3 seconds.",
    steps: [{ step: "silence" }],
    options: { timeoutMs: 3000 },
  },
];

/** Tells the stand-in what the next requests meet. */
export async function script(baseUrl, { steps }) {
  if (steps.length === 0) return;
  // A body without a media type of its own needs no preflight.
  const response = await fetch(`${baseUrl}/__graph/script`, {
    method: "POST",
    body: JSON.stringify(steps),
  });
  if (!response.ok)
    throw new Error(`The stand-in answered ${response.status}: it cannot be told what to do.`);
}

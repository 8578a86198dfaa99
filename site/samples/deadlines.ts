import { createClient } from "messenger-send";

const messenger = createClient({
  accessToken: process.env.PAGE_TOKEN ?? "",
  timeoutMs: 10_000,
  retry: { attempts: 5, baseDelayMs: 200, maxDelayMs: 5_000 },
  onRetry: ({ attempt, delayMs, error }) => {
    console.log(
      `attempt ${attempt} failed (${error.kind}), next one in ${Math.round(delayMs)} ms`,
    );
  },
});

await messenger.send(
  { to: "7001002003004005", text: "hello, world" },
  { signal: AbortSignal.timeout(60_000) },
);

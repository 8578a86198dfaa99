import { createClient, messagingWindow } from "messenger-send";

const messenger = createClient({
  accessToken: process.env.PAGE_TOKEN ?? "",
});

export async function answer(
  to: string,
  text: string,
  lastInboundAt: number,
) {
  const window = messagingWindow({ lastInboundAt });
  const option = window.options.find(({ content }) => content === "any");
  if (option === undefined) {
    return `${window.state}: not sent`;
  }
  await messenger.send({ to, text, ...option.draft });
  return `sent; the window closes at ${option.closesAt.toISOString()}`;
}

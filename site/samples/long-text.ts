import { createClient, splitText } from "messenger-send";

const messenger = createClient({
  accessToken: process.env.PAGE_TOKEN ?? "",
});

export async function sendLong(to: string, answer: string) {
  for (const text of splitText(answer, { locale: "en" })) {
    await messenger.send({ to, text });
  }
}

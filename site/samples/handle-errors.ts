import {
  createClient,
  isSendError,
  isValidationError,
  type MessageDraft,
} from "messenger-send";

const messenger = createClient({
  accessToken: process.env.PAGE_TOKEN ?? "",
});

export async function deliver(
  draft: MessageDraft,
): Promise<"sent" | "failed" | "ask"> {
  try {
    await messenger.send(draft);
    return "sent";
  } catch (error) {
    if (isValidationError(error)) {
      // Nothing was sent: the message breaks a rule.
      console.error(
        error.issues
          .map(({ pointer, message }) => `${pointer}: ${message}`)
          .join("\n"),
      );
      return "failed";
    }
    if (isSendError(error)) {
      console.error(`${error.kind}: ${error.hint ?? error.message}`);
      // The person has not got it after "not_sent" and "rejected". After "unknown" nobody can tell.
      return error.delivery === "unknown" ? "ask" : "failed";
    }
    throw error;
  }
}

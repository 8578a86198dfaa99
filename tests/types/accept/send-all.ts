// `sendAll` as its users write it.
import {
  buildMessage,
  isSendError,
  isValidationError,
  type SendAllOptions,
  type SendAllProgress,
  type SendAllResult,
  type SendAllSummary,
  type SendRequest,
  sendAll,
} from "messenger-send";

const accessToken = "EAABtesttoken";

function* some(): Generator<SendRequest> {
  yield { recipient: { id: "1" }, message: { text: "x" } };
}

async function* awaited(): AsyncGenerator<SendRequest, void, undefined> {
  yield buildMessage({ to: "1", text: "x" });
}

export async function sources(): Promise<SendAllSummary[]> {
  const list: readonly SendRequest[] = [{ recipient: { id: "1" }, message: { text: "x" } }];
  return [
    await sendAll(list, { accessToken }),
    await sendAll(new Set(list), { accessToken }),
    await sendAll(some(), { accessToken }),
    await sendAll(awaited(), { accessToken }),
    await sendAll(
      list.map((request) => ({ ...request })),
      { accessToken, batch: true },
    ),
  ];
}

export const options: SendAllOptions = {
  accessToken,
  pageId: "1",
  platform: "instagram",
  concurrency: 10,
  perSecond: 50,
  batch: true,
  onResult: (result) => {
    const index: number = result.index;
    const request: SendRequest = result.request;
    if (result.status === "sent") {
      result.receipt.message_id?.trim();
    } else if (isValidationError(result.error)) {
      result.error.issues.length.toFixed();
    } else if (isSendError(result.error)) {
      result.error.delivery.trim();
    }
    void [index, request];
  },
  onProgress: ({ done, sent, failed, unknown, not_sent, total, perSecond, timeLeftMs }) => {
    const counts: number[] = [done, sent, failed, unknown, not_sent, perSecond];
    void [counts, total?.toFixed(), timeLeftMs?.toFixed()];
  },
};

export const statusOf = ({ status }: SendAllResult): "sent" | "failed" | "unknown" | "not_sent" =>
  status;
export const share = ({ done, total }: SendAllProgress): number => done / (total ?? done);
export const why = ({ stopped }: SendAllSummary): string | undefined => stopped?.hint;

// Listeners that are there or not, and one that is asynchronous.
export const withListener = (onResult?: (result: SendAllResult) => void) =>
  sendAll([], { accessToken, onResult });
export const taken = sendAll([], {
  accessToken,
  onResult: ({ index, status, receipt, error }) =>
    void [index, status, receipt?.message_id, error?.message],
});
export const written = sendAll([], {
  accessToken,
  onResult: async (result) => void (await Promise.resolve(result)),
});

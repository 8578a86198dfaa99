// Files: with a message, and uploads.
import {
  type FileRequest,
  type SendReceipt,
  send,
  type UploadReceipt,
  uploadAttachment,
} from "messenger-send";

declare const blob: Blob;
const bytes = new Uint8Array(5);
const accessToken = "EAABtesttoken";
const recipient = { id: "1" };

export const request: FileRequest = {
  recipient,
  messaging_type: "RESPONSE",
  message: { attachment: { type: "image", payload: {} } },
};

export async function deliver(): Promise<(SendReceipt | UploadReceipt)[]> {
  await send(request, { accessToken, filedata: blob });
  await send(
    {
      recipient,
      message: { attachment: { type: "file", payload: { is_reusable: true } }, metadata: "x" },
    },
    { accessToken, filedata: bytes },
  );
  await send(
    {
      recipient,
      messaging_type: "MESSAGE_TAG",
      tag: "HUMAN_AGENT",
      message: { attachment: { type: "video", payload: {} } },
    },
    { accessToken, filedata: bytes },
  );
  const { attachment_id } = await uploadAttachment(bytes, {
    accessToken,
    type: "image",
    is_reusable: false,
    filename: "a.png",
    platform: "instagram",
  });
  await uploadAttachment(blob, { accessToken, timeoutMs: 5, retry: { attempts: 2 } });
  await uploadAttachment(new URL("https://example.org/a.png"), { accessToken });
  return [
    await uploadAttachment("https://example.org/a.png", { accessToken }),
    await send(
      { recipient, message: { attachment: { type: "image", payload: { attachment_id } } } },
      { accessToken },
    ),
  ];
}

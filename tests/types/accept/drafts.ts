// Drafts that are not written as a literal, and buttons with and without their type.
import {
  type AppButton,
  type Button,
  buildMessage,
  type CallButton,
  type Client,
  type Drafted,
  type FeedbackAttachment,
  type FeedbackMessage,
  type FileRequest,
  type GameButton,
  type GenericElement,
  type MediaElement,
  type Message,
  type MessageDraft,
  type SendOptions,
  type SendReceipt,
  type SendRequest,
  type ShortCallButton,
  type ShortPostbackButton,
  type ShortUrlButton,
  send,
  type Template,
  type TemplateAttachment,
} from "messenger-send";

const url = "https://example.org/";

// --- What has the types of the wire is a draft's too

declare const button: Button;
declare const buttons: readonly Button[];
declare const template: Template;
declare const card: GenericElement;
declare const media: MediaElement;
declare const typed: [CallButton, AppButton, GameButton];
export const fromWire: [
  Drafted<Button>,
  Drafted<Template>,
  Drafted<GenericElement>,
  Drafted<MediaElement>,
] = [button, template, card, media];
export const buttonsFromWire: readonly Drafted<Button>[] = [...buttons, ...typed];
export const withTemplate: MessageDraft = { to: "1", template };
export const withButtons: MessageDraft = { to: "1", text: "a", buttons };

declare const feedback: FeedbackMessage;
declare const feedbackAttachment: FeedbackAttachment;
export const messages: Message[] = [feedback];
export const attachments: TemplateAttachment[] = [feedbackAttachment];

// --- Buttons

declare const short: [ShortUrlButton, ShortPostbackButton, ShortCallButton];
export const kinds: Drafted<Button>[] = [
  ...short,
  { title: "Open", url },
  { type: "web_url", title: "Open", url },
  { title: "Choose", payload: "P" },
  { type: "postback", title: "Choose", payload: "P" },
  { title: "Call", phone_number: "+15105551234" },
  { type: "phone_number", title: "Call", payload: "+15105551234" },
  { type: "account_link", url },
  { type: "account_unlink" },
  { type: "game_play", title: "Play" },
  { type: "game_play", title: "Play", payload: "{}", game_metadata: { player_id: "1" } },
  { type: "audio_call", title: "Call", expires_in_days: 7 },
  { type: "app" },
  { type: "app", title: "Open", ios_url: url },
];

interface OwnButton {
  title: string;
  url: string;
}
interface OwnApp {
  type: "app";
  title?: string;
}
interface OwnGame {
  type: "game_play";
  title: string;
  payload?: string;
}
declare const own: [OwnButton, OwnApp, OwnGame];
export const ownButtons: MessageDraft = { to: "1", text: "a", buttons: own };

// --- Cards, from the program's own types and from what is computed

interface OwnCard {
  title: string;
  subtitle?: string;
  image_url: string;
}
declare const cards: OwnCard[];
declare const maybe: string | undefined;
buildMessage({ to: "1", template: { template_type: "generic", elements: cards } });
buildMessage({
  to: "1",
  template: {
    template_type: "generic",
    elements: cards.map((it) => ({
      title: it.title,
      ...(maybe ? { subtitle: maybe } : {}),
      buttons: [{ title: "Open", url }],
    })),
  },
});

// --- Drafts, inferred, constant, spread, of an interface, and checked by satisfies

const inferred = { to: "1", text: "Pick", buttons: [{ title: "Open", url }] };
buildMessage(inferred);
const constant = {
  to: "1",
  template: {
    template_type: "generic",
    elements: [{ title: "A", buttons: [{ title: "Choose", payload: "P" }] }],
  },
} as const;
buildMessage(constant);
buildMessage({ ...inferred, metadata: "m" });
interface OwnDraft {
  to: string;
  text: string;
  metadata?: string;
}
declare const ownDraft: OwnDraft;
buildMessage(ownDraft);
buildMessage({ ...ownDraft, quick_replies: ["Yes"] });
declare const anyDraft: MessageDraft;
declare const draftOrRequest: MessageDraft | SendRequest;
declare const options: SendOptions;
buildMessage(anyDraft);
send(anyDraft, options);
send(ownDraft, options);
send(draftOrRequest, options);
export const buildAny = <Draft extends MessageDraft>(draft: Draft): SendRequest =>
  buildMessage(draft);
export const checked = {
  to: "1",
  template: {
    template_type: "image_grid",
    elements: [{ images: [{ url }, { url }], buttons: [{ title: "Open", url }] }],
  },
} satisfies MessageDraft;

// --- Stand-ins for the functions, and functions around them

export const double: typeof send = async (message) => {
  console.log("to" in message ? message.to : message.recipient);
  return { attempts: 1 };
};
export const around: typeof send = (message, options) => send(message, options);
export const builder: (draft: MessageDraft) => SendRequest = buildMessage;
export class ClientDouble implements Pick<Client, "send"> {
  async send(message: MessageDraft | SendRequest | FileRequest): Promise<SendReceipt> {
    return { attempts: "to" in message ? 1 : 2 };
  }
}

// --- What is read back

export function label(draft: MessageDraft): string | undefined {
  if (draft.template?.template_type === "generic") {
    return draft.template.elements[0]?.subtitle;
  }
  if (draft.template?.template_type === "coupon") {
    return draft.template.coupon_url;
  }
  const first = draft.buttons?.[0];
  return first && "title" in first ? first.title : undefined;
}

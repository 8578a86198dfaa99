// `messenger-send/validate`: what it offers, and that its types are those of `messenger-send`.
import * as everything from "messenger-send";
import {
  buildMessage,
  draftSchema,
  init,
  isValidationError,
  messagingWindow,
  requestSchema,
  rules,
  sendRequestSchema,
  splitText,
  validate,
  validateJson,
  ValidationError,
  type Issue,
  type MessageDraft,
  type RuleCode,
  type RuleInfo,
  type RuleOptions,
  type SendRequest,
  type ValidationReport,
} from "messenger-send/validate";
import type * as inline from "messenger-send/validate/inline";
import * as slim from "messenger-send/validate/slim";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export const sameApi: [
  Same<typeof slim.validate, typeof validate>,
  Same<typeof inline.buildMessage, typeof buildMessage>,
  Same<typeof everything.validate, typeof validate>,
  Same<everything.SendRequest, SendRequest>,
  Same<everything.ValidationError, ValidationError>,
] = [true, true, true, true, true];

const draft: MessageDraft = { to: "1", text: "hello" };
const options: RuleOptions = { platform: "instagram", rules: { "text.too_long": "off" } };

export async function check(): Promise<Issue[]> {
  await init();
  await slim.init(new Uint8Array(8));
  const request: SendRequest = buildMessage(draft, options);
  const reports: ValidationReport[] = [validate(request), validateJson("{}", options)];
  const catalogue: readonly RuleInfo[] = rules();
  const codes: RuleCode[] = catalogue.map(({ code }) => code);
  const schemas = [sendRequestSchema, requestSchema(options), draftSchema(options)];
  void [codes, schemas, splitText("hello"), messagingWindow({ lastInboundAt: 0 })];
  return reports.flatMap(({ issues }) => issues);
}

/** An error of the one entry is one for the other. */
export function issuesOf(error: unknown): Issue[] {
  if (everything.isValidationError(error)) {
    const known: ValidationError = error;
    return known.issues;
  }
  return isValidationError(error) ? error.issues : [];
}

export async function deliver(accessToken: string): Promise<string | undefined> {
  const receipt = await everything.send(buildMessage(draft), { accessToken });
  return receipt.message_id;
}

// The functions, their options, their results and their errors, as callers use them.
import {
  type buildMessage,
  type Issue,
  init,
  isSendError,
  isValidationError,
  type RuleCode,
  type RuleInfo,
  type RuleOptions,
  rules,
  SendError,
  type SendOptions,
  type SendReceipt,
  type SendRequest,
  send,
  sendRequestSchema,
  ValidationError,
  type ValidationReport,
  validate,
  validateJson,
} from "messenger-send";
import * as slim from "messenger-send/slim";

type IsAny<T> = 0 extends 1 & T ? true : false;
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export const noneIsAny: [
  IsAny<ReturnType<typeof validate>>,
  IsAny<ReturnType<typeof buildMessage>>,
  IsAny<Awaited<ReturnType<typeof send>>>,
  IsAny<SendRequest>,
  IsAny<SendRequest["recipient"]>,
  IsAny<Parameters<typeof send>[1]["fetch"]>,
  IsAny<SendError["data"]>,
  IsAny<RuleCode>,
] = [false, false, false, false, false, false, false, false];
export const sameApi: Same<typeof slim.send, typeof send> = true;
export const codeIsNoString: Same<RuleCode, string> = false;

export async function start(): Promise<void> {
  await init();
  await init("https://example.org/a.wasm");
  await init(new Uint8Array(8));
  await init(new ArrayBuffer(8));
  await init(Promise.resolve("https://example.org/a.wasm"));
  await slim.init(new DataView(new ArrayBuffer(8)));
}

const options: RuleOptions = {
  platform: "instagram",
  rules: { "text.too_long": "warning", "json.duplicate_member": "off" },
};
const maybe: "messenger" | undefined = Math.random() > 2 ? "messenger" : undefined;

const report: ValidationReport = validate({ anything: 1 }, options);
validate(undefined, { platform: maybe, rules: undefined });
validateJson("{}");
validateJson(new Uint8Array(2), options);
export const firstCode: RuleCode | undefined = report.issues[0]?.code;

const texts: Partial<Record<RuleCode, string>> = { "text.too_long": "Der Text ist zu lang." };
export const translated = (issue: Issue): string => texts[issue.code] ?? issue.message;

const catalogue: readonly RuleInfo[] = rules();
export const sources: string[] = catalogue.map(({ docs }) => docs);

export async function deliver(
  request: SendRequest,
  signal: AbortSignal | undefined,
): Promise<SendReceipt | undefined> {
  const sendOptions: SendOptions = {
    accessToken: "EAABtesttoken",
    pageId: "me",
    apiVersion: "v25.0",
    baseUrl: "https://graph.facebook.com",
    encoding: "json",
    signal,
    timeoutMs: 10_000,
    retry: { attempts: 5, baseDelayMs: 100, maxDelayMs: 1000, unknown: false },
    onRetry: ({ attempt, delayMs, error }) =>
      void [attempt.toFixed(), delayMs.toFixed(), error.code?.toFixed()],
    fetch,
    ...options,
  };
  try {
    return await send(request, sendOptions);
  } catch (error) {
    if (isValidationError(error)) {
      const issues: Issue[] = error.issues;
      const built: unknown = error.request;
      void [issues, built];
    } else if (isSendError(error)) {
      switch (error.delivery) {
        case "not_sent":
        case "rejected":
          if (error.kind === "window" && error.hint !== undefined) {
            error.hint.trim();
          }
          break;
        case "unknown":
          break;
        default:
          error.delivery satisfies never;
      }
    } else if (error instanceof SendError || error instanceof ValidationError) {
      error.stack?.trim();
    }
    return undefined;
  }
}

/** The interface of Standard Schema v1, as libraries that take schemas declare it. */
interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}
type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: ReadonlyArray<{
        readonly message: string;
        readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
      }>;
    };

async function parse<Output>(
  schema: StandardSchemaV1<unknown, Output>,
  value: unknown,
): Promise<Output> {
  const result = await schema["~standard"].validate(value);
  if (result.issues) {
    throw new Error(result.issues[0]?.message);
  }
  return result.value;
}
export const parsed: Promise<SendRequest> = parse(sendRequestSchema, {});

// A literal for each member of a request and of a draft, at every depth: alone, as while it is
// typed, and beside what its object requires. They follow from the JSON Schema of the request, which
// has the limits of the rules.
import { readFileSync } from "node:fs";
import { at } from "../../scripts/lib/root.mjs";

const DEFINITIONS = JSON.parse(readFileSync(at("pkg-template", "schema.json"), "utf8")).$defs;
/** The buttons that a draft may write without `type`. */
const SHORT = ["web_url", "postback", "phone_number"];
/** Marks the member in a literal. */
const HERE = "\0";

/**
 * The literals as the text of a TypeScript file, and each one's member.
 * @returns {{ text: string, members: { path: string, line: number, character: number, limits: number[] }[] }}
 */
export function literals() {
  const lines = ['import { buildMessage, type SendRequest } from "messenger-send";'];
  const members = [];
  for (const { path, literal, limits } of [...inRequests(), ...inDrafts()]) {
    members.push({ path, line: lines.length, character: literal.indexOf(HERE), limits });
    lines.push(literal.replace(HERE, ""));
  }
  return { text: `${lines.join("\n")}\n`, members };
}

function* inRequests() {
  const within = (rest) => (inner) =>
    `({ recipient: { id: "1" }, ${rest}${inner} }) satisfies SendRequest;`;
  const message = 'messaging_type: "RESPONSE", message: { text: "a" }, ';
  const { properties } = DEFINITIONS.SendRequest;
  const own = (name, rest, value = example(properties[name])) => ({
    path: `request.${name}`,
    literal: within(rest)(`${HERE}${name}: ${value}`),
    limits: limitsOf(properties[name]),
  });
  for (const name of ["notification_type", "reply_to", "persona_id", "folder", "page"]) {
    yield own(name, message);
  }
  yield own("messaging_type", 'message: { text: "a" }, ', '"RESPONSE"');
  yield own("message", 'messaging_type: "RESPONSE", ', '{ text: "a" }');
  yield {
    path: "request.recipient",
    literal: `({ ${message}${HERE}recipient: { id: "1" } }) satisfies SendRequest;`,
    limits: [],
  };
  yield own("tag", 'messaging_type: "MESSAGE_TAG", message: { text: "a" }, ', '"HUMAN_AGENT"');
  yield own("sender_action", "", '"typing_on"');
  yield own("payload", 'sender_action: "react", ', '{ message_id: "m", reaction: "a" }');

  yield* walk("Message", "request.message", (inner) =>
    within('messaging_type: "RESPONSE", ')(`message: ${inner}`),
  );
  yield* walk(
    "Recipient",
    "request.recipient",
    (inner) => `({ ${message}recipient: ${inner} }) satisfies SendRequest;`,
  );
  yield* walk("ReplyTo", "request.reply_to", (inner) => within(message)(`reply_to: ${inner}`));
  yield* walk("Reaction", "request.payload", (inner) =>
    within('sender_action: "react", ')(`payload: ${inner}`),
  );
}

function* inDrafts() {
  const within = (inner) => `buildMessage({ to: "1", ${inner} });`;
  const beside = (inner) => within(`text: "a", ${inner}`);
  const own = (name, value, limits = [], wrap = within) => ({
    path: `draft.${name}`,
    literal: wrap(`${HERE}${name}: ${value}`),
    limits,
  });
  yield { path: "draft.to", literal: `buildMessage({ ${HERE}to: "1", text: "a" });`, limits: [] };
  yield own("text", '"a"', [2000]);
  yield own("image", '"a"', [8]);
  yield own("audio", '"a"', [25]);
  yield own("video", '"a"', [25]);
  yield own("file", '"a"', [25]);
  yield own("images", '["a"]', [30, 10]);
  yield own("template", '{ template_type: "button", text: "a", buttons: [] }');
  yield own("utility", '{ name: "a", language: "en" }');
  yield own("sticker", "1");
  yield own("message", '{ text: "a" }');
  yield own("sender_action", '"typing_on"');
  yield own("react", '{ message_id: "m", reaction: "a" }');
  yield own("unreact", '{ message_id: "m" }');
  for (const [name, value, ...limits] of [
    ["quick_replies", '["a"]', 13],
    ["metadata", '"a"', 1000],
    ["buttons", '[{ title: "a", url: "a" }]', 3],
    ["tag", '"HUMAN_AGENT"'],
    ["notification_type", '"NO_PUSH"'],
    ["reply_to", '"m"'],
    ["persona_id", '"1"'],
  ]) {
    yield own(name, value, limits, beside);
    yield { ...own(name, value, limits), path: `draft.${name}, alone` };
  }
  yield own("messaging_type", '"RESPONSE"', [], beside);

  yield* walk("Recipient", "draft.to", (inner) => `buildMessage({ text: "a", to: ${inner} });`);
  yield* walk("MediaPayload", "draft.image", (inner) => within(`image: ${inner}`));
  yield* walk("MediaPayload", "draft.images", (inner) => within(`images: [${inner}]`));
  yield* walk("Template", "draft.template", (inner) => within(`template: ${inner}`), true);
  yield* walk("Button", "draft.buttons", (inner) => beside(`buttons: [${inner}]`), true);
  yield* walk("UtilityTemplate", "draft.utility", (inner) => within(`utility: ${inner}`));
  yield* walk("QuickReply", "draft.quick_replies", (inner) => beside(`quick_replies: [${inner}]`));
  yield* walk("ReplyTo", "draft.reply_to", (inner) => beside(`reply_to: ${inner}`));
  yield* walk("Reaction", "draft.react", (inner) => within(`react: ${inner}`));
}

/** The members of an object of the API; `wrap` puts its literal into a statement. */
function* walk(name, path, wrap, isDraft = false) {
  for (const { tag, properties, variant } of variants(name)) {
    const here = tag ? `${path}(${tag.value})` : path;
    if (tag) {
      yield {
        path: `${here}.${tag.member}`,
        literal: wrap(`{ ${HERE}${tag.member}: ${JSON.stringify(tag.value)} }`),
        limits: [],
      };
    }
    for (const [member, schema] of Object.entries(properties)) {
      if (isOut(schema)) continue;
      const value = example(schema);
      const limits = limitsOf(schema);
      const full = literalOf(variant, { tag, member, value, mark: HERE });
      yield { path: `${here}.${member}`, literal: wrap(full), limits };
      const alone = `{ ${tag ? `${tag.member}: ${JSON.stringify(tag.value)}, ` : ""}${HERE}${member}: ${value} }`;
      yield { path: `${here}.${member}, alone`, literal: wrap(alone), limits };
      if (isDraft && SHORT.includes(tag?.value)) {
        yield* withoutType(variant, tag.value, member, value).map((literal) => ({
          path: `${here}.${member}, without type`,
          literal: wrap(literal),
          limits: tag.value === "phone_number" && member === "payload" ? [] : limits,
        }));
      }
      const { name: inner, isList } = objectOf(schema);
      if (inner) {
        const wrapInner = (text) =>
          wrap(literalOf(variant, { tag, member, value: isList ? `[${text}]` : text }));
        yield* walk(inner, `${here}.${member}`, wrapInner, isDraft);
      }
    }
  }
}

/** Whether the types have the member only to refuse it. */
const isOut = ({ $ref, description }) =>
  $ref?.endsWith("/DynamicText") || description.startsWith("Do not set it");

function withoutType(variant, type, member, value) {
  if (type !== "phone_number") return [literalOf(variant, { member, value, mark: HERE })];
  return member === "payload"
    ? [`{ title: "a", ${HERE}phone_number: "+1" }`]
    : [`{ ${HERE}${member}: ${value}, phone_number: "+1" }`, `{ ${HERE}${member}: ${value} }`];
}

/** The objects of a union, each with its tag; an object that is no union is its only one. */
function variants(name) {
  const definition = DEFINITIONS[name];
  const tagged = (definition.allOf ?? []).filter((it) => it.then?.$ref && tagOf(it.if, definition));
  if (tagged.length === 0) {
    return [{ variant: name, properties: definition.properties ?? {} }];
  }
  return tagged.map((it) => {
    const variant = it.then.$ref.split("/").at(-1);
    return {
      tag: tagOf(it.if, definition),
      variant,
      properties: DEFINITIONS[variant].properties ?? {},
    };
  });
}

/** The tag that a condition of a union's schema asks for: one value, or a pattern for any case. */
function tagOf(condition, union) {
  const [[member, schema]] = Object.entries(condition?.properties ?? { none: {} });
  const spellings = definitionOf(union.properties[member] ?? {}).examples ?? [];
  const value =
    schema.const ??
    schema.enum?.[0] ??
    (schema.pattern && spellings.find((it) => new RegExp(schema.pattern).test(it)));
  return value === undefined ? undefined : { member, value };
}

function definitionOf(schema) {
  return schema.$ref ? DEFINITIONS[schema.$ref.split("/").at(-1)] : schema;
}

/** A literal of an object with what it requires, and with the member, which `mark` precedes. */
function literalOf(name, { tag, member, value, mark = "" } = {}) {
  const { properties = {} } = DEFINITIONS[name];
  const required = requiredBeside(name, member)
    .filter((it) => it !== member && it !== tag?.member)
    .map((it) => `${it}: ${exampleBeside(name, member, it) ?? example(properties[it])}`);
  if (tag) required.unshift(`${tag.member}: ${JSON.stringify(tag.value)}`);
  if (member) required.push(`${mark}${member}: ${value}`);
  return `{ ${required.join(", ")} }`;
}

function requiredBeside(name, member) {
  const { required = [], anyOf, oneOf, allOf = [] } = DEFINITIONS[name];
  switch (name) {
    case "Recipient":
      if (member === "name") return ["phone_number"];
      break;
    case "QuickReply":
      return member === "content_type"
        ? ["title", "payload"]
        : ["content_type", "title", "payload"];
    case "GridAction":
      return isPostback(member) ? ["type", "payload", "text"] : ["type", "url"];
  }
  const choices = [anyOf, oneOf, ...allOf.map((it) => it.anyOf ?? it.oneOf)].filter(
    (choice) => choice?.[0]?.required && !choice.some((it) => it.required.includes(member)),
  );
  return [...new Set([...required, ...choices.flatMap((choice) => choice[0].required)])];
}

function exampleBeside(name, member, sibling) {
  const isTag = name === "GridAction" && sibling === "type";
  return isTag && isPostback(member) ? '"postback"' : undefined;
}

/** Whether a tap on an image with this member sends a postback. */
const isPostback = (member) => member === "payload" || member === "text";

/** A value that a schema allows. */
function example(schema) {
  const name = schema.$ref?.split("/").at(-1);
  const { anyOf, enum: values, examples, type, items, properties } = definitionOf(schema);
  if (anyOf && !properties) return example(anyOf[0]);
  if (values ?? examples) return JSON.stringify((values ?? examples)[0]);
  switch (Array.isArray(type) ? type[0] : type) {
    case "array":
      return `[${example(items)}]`;
    case "object": {
      if (!name) return "{}";
      const [{ tag, variant }] = variants(name);
      return literalOf(variant, { tag });
    }
    case "number":
    case "integer":
      return "1";
    case "boolean":
      return "true";
    default:
      return '"https://example.org/"';
  }
}

/** The object that a member is, or is a list of. */
function objectOf(schema) {
  const list = schema.items ?? schema.anyOf?.find((it) => it.items)?.items;
  const name = (list ?? schema).$ref?.split("/").at(-1);
  return { name: DEFINITIONS[name]?.type === "object" ? name : undefined, isList: Boolean(list) };
}

function limitsOf(schema) {
  return [schema, ...(schema.anyOf ?? [])].flatMap((it) => [
    ...[it.maxLength, it.maxItems, it.maximum].filter((limit) => limit !== undefined),
    ...[it.minLength, it.minItems, it.minimum].filter((limit) => limit > 1),
  ]);
}

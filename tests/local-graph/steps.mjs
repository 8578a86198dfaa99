// What a test may script: the names of the steps, their options, and how a step as written becomes one that can be played.

const SHARED = ["accept", "headers", "usage"];
const ERROR = ["code", "subcode", "message", "type", "is_transient", "status", "userTitle", "userMessage", "data", "fbtrace_id", ...SHARED];
const BODY = ["status", "body", "base64", ...SHARED];

/**
 * Every step by name.
 * `options`: what it takes. `short`: the option that a bare value stands for, `{ delay: 50 }` for `{ delay: { ms: 50 } }`.
 * `genuine`: it sends the real answer or a part of it, so the request is carried out and a message counts as accepted.
 */
const KINDS = {
  ok: { options: ["status", "headers", "usage"], genuine: true },
  error: { options: ERROR, short: "code", required: ["code"] },
  raw: { options: BODY },
  silence: { options: ["accept"] },
  headersThenSilence: { options: BODY, genuine: true },
  drip: { options: ["everyMs", "bytes", ...BODY], short: "everyMs", genuine: true },
  stall: { options: BODY, genuine: true },
  resetBefore: { options: ["fin", "accept"] },
  resetInside: { options: ["fin", ...BODY], genuine: true },
  acceptThenReset: { options: ["fin"], genuine: true },
  halfJson: { options: BODY, genuine: true },
  empty: { options: ["status", ...SHARED], short: "status" },
  html: { options: BODY, short: "status" },
  array: { options: BODY },
  huge: { options: ["bytes", "declared", "status", ...SHARED], short: "bytes" },
  okWithError: { options: ERROR, short: "code" },
  redirect: { options: ["to", "status", ...SHARED], short: "to", required: ["to"] },
  throttle: { options: ["forMs", "times", "regainMinutes", "retryAfter", ...ERROR], short: "forMs" },
  delay: { options: ["ms", "then"], short: "ms", required: ["ms"] },
  batch: { options: ["items"], short: "items", required: ["items"] },
  repeat: { options: ["times", "step"], required: ["times", "step"] },
  random: { options: ["of", "share", "seed"], short: "of", required: ["of"] },
};

/** What one item of a batch may be scripted to; `null` is the item that Graph did not finish in time. */
const ITEM_KINDS = new Set(["ok", "error", "raw", "okWithError", "null", "acceptThenNull"]);
const RAW_MEMBERS = new Set(BODY);

export const stepNames = Object.freeze(Object.keys(KINDS).filter((kind) => kind !== "raw"));

/** Builders for every step: `steps.drip({ everyMs: 20 })` is `{ drip: { everyMs: 20 } }`. All of it is JSON, save functions. */
export const steps = Object.freeze(
  Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, (options = {}) => (kind === "raw" ? options : { [kind]: options })])),
);

/**
 * @returns {{ kind: string, options: object, genuine: boolean }}
 * Throws a TypeError for what is no step: a misspelt step that is ignored would make a test pass for nothing.
 */
export function readStep(step) {
  const { kind, value } = nameOf(step);
  const { options: known, short, required = [], genuine = false } = KINDS[kind];
  let options;
  if (value === true || value === undefined) {
    options = {};
  } else if (isPlainObject(value)) {
    options = { ...value };
  } else if (short !== undefined) {
    options = { [short]: value };
  } else {
    throw new TypeError(`the step "${kind}" takes an object of options`);
  }
  for (const option of Object.keys(options)) {
    if (!known.includes(option)) {
      throw new TypeError(`the step "${kind}" has no option "${option}", only ${known.join(", ")}`);
    }
  }
  for (const option of required) {
    if (options[option] === undefined) {
      throw new TypeError(`the step "${kind}" needs "${option}"`);
    }
  }
  return prepare({ kind, options, genuine });
}

function nameOf(step) {
  if (typeof step === "string") {
    return { kind: known(step), value: undefined };
  }
  if (isPlainObject(step)) {
    const members = Object.keys(step);
    if (members.length === 1 && members[0] !== "raw" && Object.hasOwn(KINDS, members[0])) {
      return { kind: members[0], value: step[members[0]] };
    }
    if (members.length > 0 && members.every((member) => RAW_MEMBERS.has(member))) {
      return { kind: "raw", value: step };
    }
    if (members.length === 1) {
      known(members[0]);
    }
  }
  throw new TypeError(`not a step: ${describe(step)}; a step is a name, { name: options } or { status, headers, body }`);
}

function known(name) {
  if (name === "raw" || !Object.hasOwn(KINDS, name)) {
    throw new TypeError(`no step is called "${name}", only ${stepNames.join(", ")}`);
  }
  return name;
}

/** Steps that hold other steps, or that remember something from request to request. */
function prepare(step) {
  const { kind, options } = step;
  if (kind === "delay") {
    step.inner = readStep(options.then ?? "ok");
  } else if (kind === "repeat") {
    step.inner = readStep(options.step);
    step.left = options.times;
    if (!Number.isInteger(step.left) || step.left < 1) {
      throw new TypeError('the step "repeat" needs a whole number of "times", at least 1');
    }
  } else if (kind === "random") {
    if (!Array.isArray(options.of) || options.of.length === 0) {
      throw new TypeError('the step "random" needs a list of steps, "of"');
    }
    step.inner = options.of.map(readStep);
    step.draw = generator(options.seed ?? 1);
  } else if (kind === "batch") {
    const { items } = options;
    if (typeof items === "function") {
      step.item = (item, index) => readItemStep(items(item, index));
    } else if (Array.isArray(items)) {
      const prepared = items.map(readItemStep);
      step.item = (_, index) => prepared[index];
    } else {
      throw new TypeError('the step "batch" needs "items": a list of one step for each item, or a function (item, index)');
    }
  }
  return step;
}

function readItemStep(step) {
  if (step === undefined) {
    return undefined;
  }
  if (step === null || step === "null") {
    return { kind: "null", options: {}, genuine: false };
  }
  if (step === "acceptThenNull") {
    return { kind: "acceptThenNull", options: {}, genuine: true };
  }
  const read = readStep(step);
  if (!ITEM_KINDS.has(read.kind)) {
    throw new TypeError(`an item of a batch cannot be "${read.kind}", only ${[...ITEM_KINDS].join(", ")} or an answer`);
  }
  return read;
}

/** Which of its steps a "random" plays now; null is the normal behaviour. The same seed gives the same run. */
export function drawStep(step) {
  if (step.draw() >= (step.options.share ?? 1)) {
    return null;
  }
  return step.inner[Math.floor(step.draw() * step.inner.length)];
}

/** mulberry32: small, even, and seedable, which Math.random is not. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function isPlainObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}

function describe(value) {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

// Attributes the bytes of a module to the parts of this crate and to other crates, by function
// names. Inlined code counts for the function that contains it, so a small crate may be hidden in a
// caller.
import { gzipSync } from "node:zlib";

/** The name of this crate in symbols. */
const OURS = "messenger_send";

/** Functions that are ours under another's name, since our code was inlined into them: the exports, and the one `async fn`. */
const DISGUISED = [
  [/^(validate\w*|rules)\b/, "validate"],
  [/^buildMessage\b/, "build"],
  [
    /^(send\w*\b|uploadAttachment\b|js_sys::futures::future_to_promise::\{\{closure\}\}::\{\{closure\}\})/,
    "client",
  ],
  // Every other export.
  [/^\w+ multivalue shim$/, "bindings"],
];

/** The runtime of the language, which Cargo.toml does not name. */
const LANGUAGE = [
  "core",
  "alloc",
  "std",
  "__rustc",
  "rustc_demangle",
  "hashbrown",
  "compiler_builtins",
  "memchr",
];
const RUN_OF_TEXT = 12;

/** A name without the compiler's hashes. */
export function readableName(name) {
  return name.replace(/::h[0-9a-f]{16}\b/g, "").replace(/\[[0-9a-f]{16}\]/g, "");
}

/**
 * The owner of a function.
 * @param {string} name as the module has it
 * @returns {{ crate: string, room?: string }} room: the module of our own crate
 */
export function owner(name) {
  const plain = readableName(name);
  const disguised = DISGUISED.find(([pattern]) => pattern.test(plain));
  if (disguised !== undefined) {
    return { crate: OURS, room: disguised[1] };
  }
  // A generic of another crate instantiated with a type of this crate belongs to this crate.
  const own = new RegExp(`\\b${OURS}(?:_wasm)?::(\\w+)(?:::(\\w+))?`).exec(plain);
  if (own !== null) {
    return {
      crate: OURS,
      room: own[1] === "client" && own[2] === "transport" ? "client/transport" : own[1],
    };
  }
  const crates = [...plain.matchAll(/(?<![\w:>])([a-z_]\w*)::/g)].map(([, crate]) => crate);
  const crate =
    crates.find((one) => !LANGUAGE.includes(one) && plain.startsWith("<")) ?? crates[0] ?? "";
  if (
    ["dlmalloc", "rlsf"].includes(crate) ||
    /^__(rdl|rust|rg)_|^__wbindgen_(malloc|realloc|free)/.test(plain.replace(/^.*::/, ""))
  ) {
    return { crate: "the allocator" };
  }
  if (
    LANGUAGE.includes(crate) ||
    /^(mem(cpy|move|set|cmp)|__(u?div|u?mod|mul)\w*)\b/.test(plain) ||
    /^<?[&*[(]*(str|char|bool|[iu](8|16|32|64|128|size))\b/.test(plain)
  ) {
    return { crate: "core, alloc, std" };
  }
  if (/^__(wbindgen|externref|wasm_bindgen)| externref shim$/.test(plain)) {
    return { crate: "wasm_bindgen" };
  }
  return { crate: crate === "" ? "(no name)" : crate };
}

/**
 * Sums up functions by owner, largest first.
 * @param {{ name: string, size: number, body: Uint8Array }[]} functions
 * @returns {{ name: string, count: number, raw: number, gzip: number }[]} gzip: of the group's code alone, so the sum is a little above the whole
 */
export function byOwner(functions) {
  const groups = new Map();
  for (const { name, size, body } of functions) {
    const { crate, room } = owner(name);
    const key = room === undefined ? crate : `${crate}::${room}`;
    const group = groups.get(key) ?? { name: key, count: 0, raw: 0, bodies: [] };
    group.count += 1;
    group.raw += size;
    group.bodies.push(body);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ bodies, ...group }) => ({
      ...group,
      gzip: gzipSync(Buffer.concat(bodies), { level: 9 }).length,
    }))
    .sort((a, b) => b.raw - a.raw);
}

/** Splits the data of a module into readable text and the rest: tables, addresses, padding. */
export function textAndTables(data) {
  const parts = { text: [], tables: [] };
  const isText = (byte) => byte >= 0x20 && byte < 0x7f;
  for (let at = 0; at < data.length; ) {
    let end = at + 1;
    while (end < data.length && isText(data[end]) === isText(data[at])) {
      end += 1;
    }
    parts[isText(data[at]) && end - at >= RUN_OF_TEXT ? "text" : "tables"].push(
      data.subarray(at, end),
    );
    at = end;
  }
  const sizes = (pieces) => {
    const all = Buffer.concat(pieces);
    return { raw: all.length, gzip: gzipSync(all, { level: 9 }).length };
  };
  return { text: sizes(parts.text), tables: sizes(parts.tables) };
}

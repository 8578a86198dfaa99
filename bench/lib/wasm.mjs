// Reads a WebAssembly module's sections, and the sizes and names of its functions. Nothing of what is inside a function is looked at.

const KINDS = [
  "custom",
  "type",
  "import",
  "function",
  "table",
  "memory",
  "global",
  "export",
  "start",
  "element",
  "code",
  "data",
  "data count",
  "tag",
];
const HEADER_BYTES = 8;
const MAGIC = "\0asm\x01\0\0\0";
const FUNCTION_NAMES = 1;
const IMPORTED = { function: 0, table: 1, memory: 2, global: 3, tag: 4 };

/** Walks over the bytes of a module. */
class Cursor {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    if (this.at >= this.bytes.length) {
      throw new Error("the module ends too early");
    }
    return this.bytes[this.at++];
  }

  /** An unsigned number, seven bits a byte. */
  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        return value;
      }
    }
  }

  take(length) {
    if (this.at + length > this.bytes.length) {
      throw new Error("the module ends too early");
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return new TextDecoder().decode(this.take(this.number()));
  }
}

/**
 * The sections, in their order.
 * @param {Uint8Array} bytes
 * @returns {{ kind: string, name?: string, content: Uint8Array, size: number }[]} size: with its own head; name: of a custom section
 */
export function sections(bytes) {
  if (String.fromCharCode(...bytes.subarray(0, HEADER_BYTES)) !== MAGIC) {
    throw new Error("this is no WebAssembly module of version 1");
  }
  const cursor = new Cursor(bytes, HEADER_BYTES);
  const found = [];
  while (cursor.at < bytes.length) {
    const began = cursor.at;
    const kind = KINDS[cursor.byte()] ?? "unknown";
    const content = cursor.take(cursor.number());
    found.push({
      kind,
      ...(kind === "custom" && { name: new Cursor(content).text() }),
      content,
      size: cursor.at - began,
    });
  }
  return found;
}

/**
 * The functions that the module defines.
 * @param {Uint8Array} bytes of a module with a name section
 * @returns {{ name: string, size: number, body: Uint8Array }[]} size: of the body with its length
 */
export function functions(bytes) {
  const all = sections(bytes);
  const names = functionNames(
    all.find(({ kind, name }) => kind === "custom" && name === "name")?.content,
  );
  const imported = importedFunctions(all.find(({ kind }) => kind === "import")?.content);
  const code = new Cursor(all.find(({ kind }) => kind === "code")?.content ?? new Uint8Array([0]));
  return Array.from({ length: code.number() }, (_, index) => {
    const began = code.at;
    const body = code.take(code.number());
    return { name: names.get(imported + index) ?? "", size: code.at - began, body };
  });
}

function functionNames(content) {
  const names = new Map();
  if (content === undefined) {
    return names;
  }
  const cursor = new Cursor(content);
  cursor.text();
  while (cursor.at < content.length) {
    const kind = cursor.byte();
    const part = new Cursor(cursor.take(cursor.number()));
    if (kind === FUNCTION_NAMES) {
      for (let left = part.number(); left > 0; left -= 1) {
        names.set(part.number(), part.text());
      }
    }
  }
  return names;
}

/** How many of the numbers of functions are taken by imports. */
function importedFunctions(content) {
  if (content === undefined) {
    return 0;
  }
  const cursor = new Cursor(content);
  let count = 0;
  for (let left = cursor.number(); left > 0; left -= 1) {
    cursor.text();
    cursor.text();
    count += skipImport(cursor) === IMPORTED.function ? 1 : 0;
  }
  return count;
}

function skipImport(cursor) {
  const kind = cursor.byte();
  switch (kind) {
    case IMPORTED.function:
      cursor.number();
      break;
    case IMPORTED.table:
      cursor.byte();
      skipLimits(cursor);
      break;
    case IMPORTED.memory:
      skipLimits(cursor);
      break;
    case IMPORTED.global:
    case IMPORTED.tag:
      cursor.byte();
      cursor.byte();
      break;
    default:
      throw new Error(`an import of a kind that is not known: ${kind}`);
  }
  return kind;
}

function skipLimits(cursor) {
  const hasMost = cursor.number() % 2 === 1;
  cursor.number();
  if (hasMost) {
    cursor.number();
  }
}

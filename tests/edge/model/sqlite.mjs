// Node's own SQLite with the one method that the sender uses of a Durable Object's.
import { DatabaseSync } from "node:sqlite";

let kept;

/** An empty database in memory, as `ctx.storage.sql`: the same one at each call, since making it takes longer than a history. */
export function memorySql() {
  kept ??= open();
  for (const { name } of kept
    .exec("SELECT name FROM sqlite_master WHERE type = 'table'")
    .toArray()) {
    kept.exec(`DELETE FROM ${name}`);
  }
  return kept;
}

function open() {
  const database = new DatabaseSync(":memory:");
  const prepared = new Map();
  const statementOf = (query) => {
    if (!prepared.has(query)) {
      prepared.set(query, database.prepare(query));
    }
    return prepared.get(query);
  };
  return {
    exec(query, ...bindings) {
      const rows = statementOf(query).all(...bindings);
      return { toArray: () => rows };
    },
  };
}

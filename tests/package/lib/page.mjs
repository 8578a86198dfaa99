// The program of every page: starts, validates and sends, then reports the result to the test.

/** @param {string} from What the page imports: the package's name, or a path. */
export const pageProgram = (from, { exercise = "./exercise.js", init = "api.init()" } = {}) => `
  import * as api from ${JSON.stringify(from)};
  import { check, deliver, fail } from ${JSON.stringify(exercise)};
  const query = new URLSearchParams(location.search);
  const target = { graph: query.get("graph"), token: query.get("token") };
  let tooEarly;
  try {
    api.validate({});
  } catch (error) {
    tooEarly = error.message;
  }
  try {
    // A schema and a send await the wasm by themselves; both ask for it at the same time as init does.
    const schema = api.sendRequestSchema["~standard"].validate({ message: { text: "hello" } });
    const schemaWaits = schema instanceof Promise;
    await Promise.all([${init}, schema]);
    tellTest({ tooEarly, schemaWaits, checked: check(api), failures: await fail(api, target), delivered: await deliver(api, target) });
  } catch (error) {
    tellTest({ failed: String(error?.stack ?? error) });
  }
`;

export const html = (script) =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>test</title>${script}`;

/** The program of a page that only checks. */
export const checkingProgram = (
  from,
  { exercise = "./exercise.js", init = "api.init()", before = "" } = {},
) => `
  import * as api from ${JSON.stringify(from)};
  import { check } from ${JSON.stringify(exercise)};
  let tooEarly;
  try {
    api.validate({});
  } catch (error) {
    tooEarly = error.message;
  }
  try {
    ${before}
    await Promise.all([${init}, ${init}]);
    tellTest({ tooEarly, names: Object.keys(api), checked: check(api) });
  } catch (error) {
    tellTest({ failed: String(error?.stack ?? error) });
  }
`;

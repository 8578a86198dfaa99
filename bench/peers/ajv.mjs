// The shared rules for ajv: compiled once, every error reported, as messenger-send does.
import Ajv from "ajv";
import { schema } from "./json-schema.mjs";

// Strict about types would refuse `required` beside `oneOf`; the schema is checked by what it lets through.
const validate = new Ajv({
  allErrors: true,
  discriminator: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
}).compile(schema);

/** What ajv makes of a value: nothing where it is right, else its errors. */
export const check = (value) => (validate(value) ? null : validate.errors);
export const isRight = (errors) => errors === null;
export const places = (errors) =>
  (errors ?? []).map(({ instancePath, params }) =>
    [...instancePath.split("/").slice(1), params.missingProperty].filter(
      (step) => step !== undefined,
    ),
  );

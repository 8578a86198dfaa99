// Drafts: the package's short way to say a message ({ to, text }), which people paste as well as whole requests.
import { isObject } from "./values.js";

export function isDraft(value) {
  return isObject(value) && Object.hasOwn(value, "to") && !Object.hasOwn(value, "recipient");
}

/** The request that a draft stands for, also where it breaks a rule; what is no draft, or cannot be built, as it is. */
export function built(value, api, platform) {
  if (!api || !isDraft(value)) return value;
  try {
    return api.buildMessage(value, { platform });
  } catch (error) {
    return error?.request ?? value;
  }
}

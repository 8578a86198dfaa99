// The one member that must not live on this page: what is composed here is copied, shared by link and shown to others.
import { isObject } from "./values.js";

export const SECRET = "access_token";
const LEFT_OUT = "(left out)";

export function hasSecret(request) {
  return isObject(request) && Object.hasOwn(request, SECRET) && request[SECRET] !== LEFT_OUT;
}

// The member stays, so that the package can say that it has no place there; what it held goes.
export function withoutSecret(request) {
  return hasSecret(request) ? { ...request, [SECRET]: LEFT_OUT } : request;
}

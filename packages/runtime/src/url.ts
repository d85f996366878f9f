import { InvalidRequestError } from "./errors.ts";

/**
 * Checks a base URL once, so that everything built on it is an absolute http(s) URL without query.
 *
 * @param source - where the value came from, for the message, e.g. `the option baseURL`.
 * @returns the URL without a trailing slash.
 * @throws InvalidRequestError
 */
export function parseBaseURL(value: string, source: string): string {
  // The value itself stays out of messages: it may hold a password.
  let url: URL;
  try {
    url = new URL(value);
  } catch (cause) {
    throw new InvalidRequestError(`${source} is not an absolute URL such as https://api.example.com/v1.`, {
      cause,
    });
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new InvalidRequestError(`${source} starts with ${url.protocol} where http: or https: is needed.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new InvalidRequestError(`${source} holds a user name or password; give them as the option apiKey.`);
  }
  if (url.search !== "" || url.hash !== "") {
    throw new InvalidRequestError(
      `${source} has a query or a fragment; what every request shall carry belongs into the option query.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** Method and address without query, for messages and logs: a query may hold a key. */
export function describeRequest(request: { readonly method: string; readonly url: string }): string {
  return `${request.method} ${withoutQuery(request.url)}`;
}

/** The address without query and fragment. */
export function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/s, "");
}

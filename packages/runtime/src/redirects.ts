import { discardBody } from "./discard-body.ts";
import { RedirectError } from "./errors.ts";
import type { Next } from "./middleware.ts";
import { describeRequest, withoutQuery } from "./url.ts";

/** How many redirects in a row are followed. */
const maxRedirects = 5;

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** What may be taken to another origin: it says how to answer, and nothing about who asks. */
const harmlessHeaders: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "sec-fetch-mode",
  "user-agent",
]);

/** Makes a request to another address; undefined when its body can't be sent again. */
export type Repeat = (
  request: Request,
  url: string,
  method: string,
  keepBody: boolean,
) => Request | undefined;

/**
 * The method a redirect goes on with.
 *
 * 303 asks for a GET; 301 and 302 turn a POST into one, as all clients do; 307 and 308 change nothing.
 *
 * @see https://fetch.spec.whatwg.org/#http-redirect-fetch step 12
 */
function redirectMethod(status: number, method: string): string {
  if (status === 303) return method === "HEAD" ? "HEAD" : "GET";
  if ((status === 301 || status === 302) && method === "POST") return "GET";
  return method;
}

function resolveLocation(location: string, request: Request, status: number): URL {
  try {
    return new URL(location, request.url);
  } catch {
    throw new RedirectError(`${status} from ${describeRequest(request)} points to no address`, {
      status,
      location,
    });
  }
}

/** Why the request must not go to another origin. Undefined when nothing speaks against it. */
function objection(request: Request): string | undefined {
  if (request.method !== "GET" && request.method !== "HEAD") return "what it carries would leave its origin";
  for (const [name] of request.headers) {
    if (!harmlessHeaders.has(name)) return `its header "${name}" would leave its origin`;
  }
  return undefined;
}

/**
 * Follows redirects by itself, since `fetch` would take every header but Authorization along to any origin.
 *
 * Redirects to the same origin are followed, at most 5 in a row. One to another origin is followed only by a GET or
 * HEAD that carries neither key nor header of the caller's. In browsers, which hide where a redirect points, every
 * redirect is an error.
 *
 * @param network - `fetch` for requests with `redirect: "manual"`.
 * @throws RedirectError
 */
export async function followRedirects(first: Request, network: Next, repeat: Repeat): Promise<Response> {
  let request = first;
  for (let count = 0; ; count += 1) {
    const response = await network(request);
    if (response.type === "opaqueredirect") {
      throw new RedirectError(
        `${describeRequest(request)} was redirected, and browsers don't say where to; set baseURL to the address it ends at`,
      );
    }
    const location = response.headers.get("location");
    if (!redirectStatuses.has(response.status) || location === null) return response;
    discardBody(response);
    request = redirected(request, response.status, location, count, repeat);
  }
}

function redirected(
  request: Request,
  status: number,
  location: string,
  count: number,
  repeat: Repeat,
): Request {
  const from = describeRequest(request);
  const target = resolveLocation(location, request, status);
  const init = { status, location: target.href };
  if (count >= maxRedirects)
    throw new RedirectError(`${from} was redirected more than ${maxRedirects} times`, init);
  if (target.origin !== new URL(request.url).origin) {
    const reason = objection(request);
    if (reason !== undefined) {
      const to = withoutQuery(target.href);
      throw new RedirectError(`${status} from ${from} leads to ${to}: not followed, ${reason}`, init);
    }
  }
  const method = redirectMethod(status, request.method);
  const next = repeat(request, target.href, method, method === request.method);
  if (next !== undefined) return next;
  throw new RedirectError(
    `${status} from ${from}: not followed, the request body is a stream and can be sent only once`,
    init,
  );
}

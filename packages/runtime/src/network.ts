import { adoptResponse } from "./adopt-response.ts";
import type { Authentication } from "./auth.ts";
import type { PreparedBody } from "./body.ts";
import { toConnectionError } from "./connection-error.ts";
import { discardBody } from "./discard-body.ts";
import { ConnectionError, HawserError } from "./errors.ts";
import type { Next } from "./middleware.ts";
import { followRedirects } from "./redirects.ts";
import { repeatRequest } from "./repeat-request.ts";
import { describeRequest } from "./url.ts";

/** What the last stage, behind all middleware, needs to know. */
export interface NetworkSettings {
  readonly fetch: typeof fetch;
  readonly fetchOptions: Readonly<Record<string, unknown>> | undefined;
  /** The only origin that keys are sent to. */
  readonly origin: string;
  readonly authentication: Authentication;
  readonly body: PreparedBody;
  readonly attempt: number;
  readonly hide: (text: string) => string;
  /** Told when a redirect is followed. */
  readonly onRedirect: () => void;
  /** Told when a request is handed to `fetch`: from then on it may reach the server. */
  readonly onSend: () => void;
}

/**
 * Puts the keys into a request. One that a middleware sends to another origin goes without, and a header that is
 * already there wins.
 */
function addKeys(request: Request, authentication: Authentication, origin: string): void {
  if (new URL(request.url).origin !== origin) return;
  for (const [name, value] of authentication.headers) {
    if (!request.headers.has(name)) request.headers.set(name, value);
  }
  if (authentication.cookies.length > 0) {
    const cookies = [request.headers.get("cookie"), ...authentication.cookies].filter(
      (cookie) => cookie !== null,
    );
    request.headers.set("cookie", cookies.join("; "));
  }
}

/**
 * The last stage of an attempt: adds the keys, sends, follows redirects, and gives every failure a name.
 *
 * @param givenBody - the requests whose body is still the one that was prepared for the call.
 */
export function createNetwork(settings: NetworkSettings, givenBody: WeakSet<Request>): Next {
  const { fetch, body, attempt, hide } = settings;
  // Redirects are followed here, with an eye on the keys: no option may hand that over to `fetch`.
  const fetchOptions = settings.fetchOptions && { ...settings.fetchOptions, redirect: "manual" as const };

  let isRedirected = false;

  async function send(request: Request): Promise<Response> {
    try {
      settings.onSend();
      return adoptResponse(await fetch(request, fetchOptions));
    } catch (error) {
      // What ended the call says more than that `fetch` stopped.
      if (request.signal.aborted && HawserError.is(request.signal.reason)) throw request.signal.reason;
      if (HawserError.is(error)) throw error;
      const lost = toConnectionError(error, describeRequest(request), attempt, hide);
      // What was asked for reached the server that redirected.
      if (isRedirected && lost.neverSent)
        throw new ConnectionError(lost.message, { ...lost, cause: lost.cause, neverSent: false });
      throw lost;
    }
  }

  const { authentication, origin } = settings;

  /** The request once more, as it is now. Undefined when its body can't be sent again. */
  function copyOf(request: Request, isOurs: boolean): Request | undefined {
    if (request.body === null) return repeatRequest(request, body, { keepBody: false });
    if (!body.repeatable) return undefined;
    return isOurs ? repeatRequest(request, body, {}) : request.clone();
  }

  function exchange(request: Request, keys: Authentication, isOurs: boolean): Promise<Response> {
    addKeys(request, keys, origin);
    // A body that a middleware put in is known to nobody but its request, so a copy is kept.
    const spare = isOurs || request.body === null ? undefined : copyOf(request, isOurs);
    return followRedirects(request, send, (current, url, method, keepBody) => {
      isRedirected = true;
      settings.onRedirect();
      if (!keepBody || current.body === null)
        return repeatRequest(current, body, { url, method, keepBody: false });
      if (isOurs) return body.repeatable ? repeatRequest(current, body, { url, method }) : undefined;
      return spare && new Request(url, spare.clone());
    });
  }

  return async (request) => {
    const isOurs = givenBody.has(request);
    // Before it has keys: the second one gets others.
    const renewal = authentication.renew && copyOf(request, isOurs);
    const response = await exchange(request, authentication, isOurs);
    if (response.status !== 401 || renewal === undefined) return response;
    const renewed = await authentication.renew!();
    discardBody(response);
    return exchange(renewal, renewed, isOurs);
  };
}

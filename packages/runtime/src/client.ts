import { type AnswerSettings, readAnswer } from "./answer.ts";
import { readRequestId } from "./api-error.ts";
import { APIPromise, type Exchange, type ReadAnswer } from "./api-promise.ts";
import { locateServer } from "./base-url.ts";
import { type BodyWatch, watchResponse } from "./body-reader.ts";
import { openCallScope } from "./call-scope.ts";
import { tokenCredentials } from "./client-credentials.ts";
import { rememberOptions } from "./client-settings.ts";
import { DryRunError, showRequest } from "./dry-run.ts";
import { isBrowser } from "./environment.ts";
import { InvalidRequestError } from "./errors.ts";
import { checkClientOptions, checkRequestOptions } from "./known-options.ts";
import { filterLogger } from "./logger.ts";
import type { Operation, OperationInput, Service } from "./operation.ts";
import { type ClientOptions, mergeOptions, type RequestOptions, type StreamChoice } from "./options.ts";
import { narrowOutcomes } from "./outcome.ts";
import { readRateLimit } from "./rate-limit.ts";
import { createRedactor } from "./redact.ts";
import { buildRequest, defaultIdempotencyHeader, dispatch } from "./request-builder.ts";
import { sendWithRetries } from "./retry-loop.ts";
import { applyServiceOptions } from "./service-options.ts";
import { chooseReading } from "./stream-reading.ts";
import { longestTimer, resolveTimeouts } from "./timeouts.ts";
import { toUnknownOutcome } from "./unknown-outcome-error.ts";
import { untilAborted } from "./until-aborted.ts";
import { describeRequest } from "./url.ts";

/**
 * Sends the operations of one service. Made by `createClient`. Printing it shows no key.
 *
 * @typeParam Options - the client's options, for services that have some of their own.
 */
export interface Client<Options extends ClientOptions = ClientOptions> {
  readonly service: Service;
  /**
   * Where requests go, without a trailing slash; operations with servers of their own go to those, unless a `baseURL` was
   * given. Empty when the document names servers only at operations.
   */
  readonly baseURL: string;
  /**
   * Sends an operation. Never throws by itself: every error comes through the promise.
   *
   * @typeParam Data - what the operation answers.
   * @typeParam Errors - error body types by status.
   * @typeParam Body - the whole answer, where the data comes in an envelope.
   */
  request<Data, Errors = unknown, Body = Data>(
    operation: Operation,
    input: OperationInput,
    options?: RequestOptions & StreamChoice,
  ): APIPromise<Data, Errors, Body>;
  /**
   * A client with some options changed. `headers`, `query`, `serverURLs` and `serverVariables` are added to those there
   * are; the others are replaced. `undefined` leaves an option as it is.
   */
  withOptions(options: Options): Client<Options>;
}

/** An answer whose headers have come, with what its reading needs. */
interface OpenExchange extends Exchange {
  readonly settings: AnswerSettings;
  /** As it was sent. */
  readonly idempotencyKey: string | undefined;
}

function requireCount(name: string, value: number | undefined, fallback: number): number {
  const count = value ?? fallback;
  if (typeof count === "number" && count >= 0) return count;
  throw new InvalidRequestError(`The option ${name} has ${String(count)}; it takes a number from 0 up.`);
}

function chooseFetch(option: typeof fetch | undefined): typeof fetch {
  // Called through an arrow: browsers' `fetch` refuses to be called as a method of something else.
  const chosen = option ?? globalThis.fetch;
  if (typeof chosen === "function") return (input, init) => chosen(input, init);
  throw new InvalidRequestError("This runtime has no fetch: give the client the option fetch.");
}

/** What `fetch` would take from its second argument instead of the request: another method, or no key and no clocks. */
const ofRequest = ["method", "headers", "body", "signal"] as const;

/**
 * Makes a client.
 *
 * @typeParam Options - the client's options with those of the service's own: `createClient<HarbourOptions>(…)`.
 * @throws InvalidRequestError when an option can't be used, and in web pages without `dangerouslyAllowBrowser`. A
 *   missing key is reported by the first call that needs one.
 */
export function createClient<Options extends ClientOptions = ClientOptions>(
  service: Service,
  given: NoInfer<Options> = {} as Options,
): Client<Options> {
  checkClientOptions(service, given);
  // As it is now: what the caller makes of the object for the next client is not for this one.
  const options = { ...given };
  if (isBrowser() && options.dangerouslyAllowBrowser !== true) {
    throw new InvalidRequestError(
      `${service.name}'s key could be read by everyone who opens this page. Call the service from a server instead, or set the option dangerouslyAllowBrowser if that is meant.`,
    );
  }
  const addresses = (service.locate ?? locateServer)(service, options);
  const { baseURL } = addresses;
  const fetch = chooseFetch(options.fetch);
  const log = filterLogger(options.logger, options.logLevel);
  const maxRetryAfter = Math.min(requireCount("maxRetryAfter", options.maxRetryAfter, 60_000), longestTimer);
  requireCount("maxRetries", options.maxRetries, 2);
  resolveTimeouts(options.timeout);
  const tokens = tokenCredentials(service, addresses, options, createClient);
  const settings: ClientOptions = { ...options, credentials: { ...tokens, ...options.credentials } };

  async function open(
    operation: Operation,
    input: OperationInput,
    call: RequestOptions & StreamChoice,
  ): Promise<OpenExchange> {
    checkRequestOptions(operation, call);
    const timeouts = resolveTimeouts(operation.timeouts, options.timeout, call.timeout);
    const maxRetries = requireCount("maxRetries", call.maxRetries ?? options.maxRetries, 2);
    const validation = (call.validate ?? options.validate) || undefined;
    const fetchOptions = call.fetchOptions ?? options.fetchOptions;
    const taken = ofRequest.find((name) => fetchOptions?.[name] !== undefined);
    if (taken !== undefined) throw new InvalidRequestError(`The option fetchOptions can't have ${taken}.`);
    const scope = openCallScope(call.signal, timeouts.total);
    // Ends what is read from the caller's streams, once nobody wants the rest of them.
    const upload = new AbortController();
    scope.signal.addEventListener("abort", () => upload.abort(scope.signal.reason), { once: true });
    let idempotencyKey: string | undefined;
    let mayBeDone = false;
    try {
      const address = addresses.of(operation);
      // Not begun when the call is given up already: the caller's function for the key isn't asked in vain.
      scope.signal.throwIfAborted();
      if (validation !== undefined)
        await untilAborted(validation.checkRequest(operation, input), scope.signal);
      const building = buildRequest(service, operation, input, settings, call, upload.signal);
      const built = await untilAborted(building, scope.signal);
      const hide = createRedactor(built.authentication.secrets);
      const { origin } = new URL(address);
      let attempts = 1;
      let request = "";
      const response = await dispatch(address, operation, input, built, async (template) => {
        request = describeRequest(template);
        if (call.dryRun === true) {
          throw new DryRunError(showRequest(template, built.body, built.authentication, hide));
        }
        // One that the caller removed by hand lets nobody recognise anything.
        const keyHeader = options.idempotencyHeader ?? defaultIdempotencyHeader;
        idempotencyKey = template.headers.get(keyHeader) || undefined;
        const answer = await sendWithRetries(
          {
            scope,
            timeouts,
            middleware: [...(options.middleware ?? []), ...(call.middleware ?? [])],
            context: { service, operation, maxRetries, idempotencyKey: built.idempotencyKey },
            network: {
              fetch,
              fetchOptions,
              origin,
              authentication: built.authentication,
              body: built.body,
              hide,
            },
            recognisesRepetitions: options.idempotencyHeader !== undefined && idempotencyKey !== undefined,
            maxRetryAfter,
            log,
            onUnanswered: () => {
              mayBeDone = true;
            },
          },
          template,
        );
        attempts = answer.attempts;
        return answer.response;
      });
      const watch: BodyWatch = { idle: timeouts.idle, signal: scope.signal, request, attempts };
      const requestId = readRequestId(response.headers);
      return {
        response,
        requestId,
        rateLimit: readRateLimit(response.headers),
        attempts,
        idempotencyKey,
        take() {
          try {
            return watchResponse(response, watch, scope.release);
          } catch (error) {
            scope.release();
            throw error;
          }
        },
        settings: {
          operation,
          streams: built.streams,
          watch,
          firstEvent: timeouts.firstEvent,
          reading: chooseReading(options, call),
          ...validation?.checksOf(operation, { response, requestId, request, hide }),
          hide,
          onClose: scope.release,
        },
      };
    } catch (error) {
      scope.release();
      upload.abort(error);
      throw mayBeDone ? toUnknownOutcome(error, operation, idempotencyKey) : error;
    }
  }

  const client: Client<Options> = {
    service,
    baseURL,
    request<Data, Errors, Body>(operation: Operation, input: OperationInput, call: RequestOptions = {}) {
      const narrowed = narrowOutcomes(operation, input.body, call?.extraBody);
      const exchange = open(narrowed, applyServiceOptions(service, operation, input, options), call);
      return new APIPromise<Data, Errors, Body>(exchange, async ({ response }) => {
        const { settings, idempotencyKey } = await exchange;
        try {
          return (await readAnswer(response, settings)) as ReadAnswer<Data, Body>;
        } catch (error) {
          throw toUnknownOutcome(error, operation, idempotencyKey);
        }
      });
    },
    withOptions(changes) {
      checkClientOptions(service, changes);
      return createClient(service, mergeOptions(options, changes));
    },
  };
  const printed = () => ({ service: service.name, baseURL });
  // Not listed among its members, so that comparing and spreading clients sees none of it.
  Object.defineProperties(client, {
    toJSON: { value: printed },
    [Symbol.for("nodejs.util.inspect.custom")]: { value: () => printed() },
  });
  rememberOptions(client, options);
  return Object.freeze(client);
}

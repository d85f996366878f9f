import { checkMembers } from "./known-options.ts";
import type { Logger, LogLevel } from "./logger.ts";
import type { Middleware } from "./middleware.ts";
import type { StreamReading } from "./stream-reading.ts";
import type { Timeouts } from "./timeouts.ts";
import type { Validation } from "./validation.ts";

/** A function that gives a secret, and can be told that the server refused one, so that it gives another. */
export interface RenewableCredential {
  (): string | Promise<string>;
  /** Told of a secret that was refused with a 401; the function is then asked again, once per attempt. */
  forget(refused: string): void;
}

/** A secret, or a function that gives it. The function is asked once per call, so that tokens can expire. */
export type Credential = string | (() => string | Promise<string>) | RenewableCredential;

/** Header values by name. `undefined` leaves a header as it is, `null` removes it. */
export type HeadersInput = Readonly<Record<string, string | null | undefined>>;

/** Query values by name, beyond those the document knows. A list is sent as repeated names. */
export type QueryInput = Readonly<
  Record<string, string | number | boolean | readonly (string | number | boolean)[] | null | undefined>
>;

/** What can be set for a client and for a single call. */
export interface SharedOptions extends StreamReading {
  /** How often a call may be repeated. Default 2, that is at most 3 attempts. */
  maxRetries?: number | undefined;
  /** Milliseconds. A single figure sets `response`, `firstEvent` and `idle`. */
  timeout?: number | Partial<Timeouts> | undefined;
  /** Sent with every request; a name given here wins over what the client would send, `null` removes it. */
  headers?: HeadersInput | undefined;
  /** Added to the query of every request. */
  query?: QueryInput | undefined;
  /** See `Middleware`. Those of the client come before those of the call. */
  middleware?: readonly Middleware[] | undefined;
  /**
   * Passed to `fetch` as its second argument, e.g. `{ dispatcher }` on Node, `{ credentials: "include" }` in browsers. Not
   * `method`, `headers`, `body` and `signal`, which the call itself says.
   */
  fetchOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Checks requests and answers: see `createValidation`. `false` for a call that is not checked. Default: none are. */
  validate?: Validation | false | undefined;
}

/** Options of a client. */
export interface ClientOptions extends SharedOptions {
  /** The key or token; for HTTP basic `user:password`. Default: the service's environment variable. */
  apiKey?: Credential | undefined;
  /** Keys by the name of their security scheme, for services that have more than one. Wins over `apiKey`. */
  credentials?: Readonly<Record<string, Credential>> | undefined;
  /**
   * Id and secret of a program that gets its tokens by OAuth 2's client credentials grant, for services whose document
   * has a token URL for it. Default: the service's environment variables.
   */
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /**
   * Where tokens are asked for by id and secret: absolute http(s) URL. Default: the document's token URL, which moves with the
   * server it is at. Needed where it is at another host and requests don't go where the document says.
   */
  tokenURL?: string | undefined;
  /**
   * Where the service answers. It takes the place of all servers of the document, those of single operations included.
   * Default: the service's environment variable, then the servers of the document.
   */
  baseURL?: string | undefined;
  /** Which server of the document is used, by its name or its URL there. Default: the first. */
  server?: string | undefined;
  /** Where single servers of the document are, by their name or their URL there. Goes before `baseURL`. */
  serverURLs?: Readonly<Record<string, string | undefined>> | undefined;
  /** Values of the variables in the URLs of the document's servers. Default: those the document names. */
  serverVariables?: Readonly<Record<string, string | undefined>> | undefined;
  /** Default: the runtime's own. */
  fetch?: typeof fetch | undefined;
  /** Longest wait a server may ask for, in milliseconds; a longer one is not waited for, the error says it. Default 60 000. */
  maxRetryAfter?: number | undefined;
  /**
   * Name of the header the server reads idempotency keys from. Setting it says that the server honours them: each
   * call that changes something then carries a key of its own, and is retried like an idempotent one.
   */
  idempotencyHeader?: string | undefined;
  /** A key in a web page can be read by everyone who opens it. True says that this is meant. Default false. */
  dangerouslyAllowBrowser?: boolean | undefined;
  /** Where log lines go. Default: nowhere. */
  logger?: Logger | undefined;
  /** Default "info". */
  logLevel?: LogLevel | undefined;
}

/** Options of a single call. */
export interface RequestOptions extends SharedOptions {
  /** Gives the call up, its stream included. */
  signal?: AbortSignal | undefined;
  /** Members added to a JSON body, for what the document doesn't know yet. They win over the body's own. */
  extraBody?: Readonly<Record<string, unknown>> | undefined;
  /** Sent on every attempt, in the client's `idempotencyHeader` or in `Idempotency-Key`. */
  idempotencyKey?: string | undefined;
  /** Sends nothing: the call is checked and built, and rejects with a DryRunError that shows the request. */
  dryRun?: boolean | undefined;
}

/** Options that are joined member by member. */
const merging = ["headers", "query", "serverURLs", "serverVariables"] as const;

/**
 * Of operations that answer with a value or with a stream, whichever the `Accept` header asks for (RFC 9110, 12.5.1).
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export interface StreamChoice {
  /** Asks for the stream. Default false. Other operations have no such option. */
  stream?: boolean | undefined;
}

/** The members that say something: `undefined` leaves what there is. */
function said<Values extends object>(values: Values | undefined): Partial<Values> {
  const entries = Object.entries(values ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Values>;
}

/**
 * The options with some of them replaced; `headers`, `query`, `serverURLs` and `serverVariables` are merged member by
 * member, so that what was put elsewhere stays there.
 *
 * @throws InvalidRequestError when a change can't be meant.
 */
export function mergeOptions<Options extends ClientOptions>(options: Options, changes: Options): Options {
  checkMembers("withOptions", changes);
  const merged: Options = { ...options, ...said(changes) };
  const joined = merging.flatMap((name) => {
    const members = { ...options[name], ...said<object>(changes[name]) };
    return Object.keys(members).length > 0 ? [[name, members]] : [];
  });
  return { ...merged, ...Object.fromEntries(joined) };
}

import createFetchClient from "openapi-fetch";
import { type Authentication, authenticate } from "./auth.ts";
import { type PreparedBody, prepareBody } from "./body.ts";
import { isBrowser } from "./environment.ts";
import { HawserError, InvalidRequestError } from "./errors.ts";
import { setHeader } from "./headers.ts";
import type { Operation, OperationInput, Service } from "./operation.ts";
import type { ClientOptions, HeadersInput, RequestOptions, StreamChoice } from "./options.ts";
import { locateParameters, serializeQueryOption } from "./parameters.ts";
import { fillPath, splitPath } from "./path.ts";
import { version } from "./version.ts";

/** A call whose input was checked, ready to be sent. */
export interface BuiltRequest {
  readonly headers: Headers;
  /** `name=value` pairs, encoded, joined by `&`. */
  readonly query: string;
  readonly body: PreparedBody;
  readonly authentication: Authentication;
  readonly idempotencyKey: string | undefined;
  /** Whether the answer is asked for as a stream. */
  readonly streams: boolean;
}

/** The body, or the query, with the stream flag in it, for servers that stream unless told otherwise. */
function withExplicitFlag<Given>(
  { stream }: Operation,
  place: "query" | undefined,
  given: Given,
  extra: object | undefined,
): Given {
  if (stream?.explicit !== true || stream.flag === undefined || stream.in !== place) return given;
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const flag = { ...given, ...extra }[stream.flag as never] ?? false;
  return { ...given, [stream.flag]: flag };
}

/** Whether this call asks for a stream: the operation always does, its flag is set, or the option that stands for one. */
function asksForStream(
  { stream }: Operation,
  { body, params }: OperationInput,
  options: RequestOptions & StreamChoice,
): boolean {
  if (stream === undefined) return false;
  const { mode, flag } = stream;
  if (mode === "always") return true;
  if (mode === "accept") return options.stream === true;
  const [given, extra] = stream.in === "query" ? [params, options.query] : [body, options.extraBody];
  if (flag === undefined || typeof given !== "object" || given === null) return false;
  return { ...given, ...extra }[flag as never] === true;
}

/**
 * The media types to ask for, most wanted first. Errors come as JSON, so JSON is always among them, unless it would be
 * taken for the answer in place of the stream.
 */
export function acceptedTypes(operation: Operation, streams: boolean): string {
  const declared = (kinds: readonly string[]) =>
    operation.outcomes.filter(({ kind }) => kinds.includes(kind)).map(({ mediaType }) => mediaType);
  const framing = operation.stream?.framing;
  const lines =
    typeof framing === "object"
      ? framing.mediaType
      : framing === "json-lines"
        ? "application/x-ndjson"
        : "text/event-stream";
  const wanted = streams
    ? declared(["stream"]).map((mediaType) => mediaType ?? lines)
    : declared(["json", "text", "binary"]);
  if (streams && wanted.length === 0) wanted.push(lines);
  if (streams && operation.stream?.mode === "accept") return wanted[0]!;
  const types = [...wanted.filter((mediaType) => mediaType !== undefined), "application/json"];
  return [...new Set(types)].join(", ");
}

/** Applies the options `headers` of client and call; `null` removes. */
function applyHeaders(headers: Headers, given: HeadersInput | undefined): void {
  for (const [name, value] of Object.entries(given ?? {})) {
    if (value === undefined) continue;
    if (value === null) headers.delete(name);
    else setHeader(headers, name, String(value), "The option headers");
  }
}

/** The key of this call: the caller's own, or a new one when the server is known to honour them. */
function chooseIdempotencyKey(
  operation: Operation,
  client: ClientOptions,
  options: RequestOptions,
): string | undefined {
  if (options.idempotencyKey !== undefined) return options.idempotencyKey;
  const changesSomething = operation.retry !== "safe";
  return client.idempotencyHeader !== undefined && changesSomething ? crypto.randomUUID() : undefined;
}

/** Where an idempotency key goes when the client doesn't say. */
export const defaultIdempotencyHeader = "Idempotency-Key";

/** Names of the headers the caller set or removed by hand, in lower case. */
function headersSetByHand(client: ClientOptions, options: RequestOptions): ReadonlySet<string> {
  const given = [...Object.entries(client.headers ?? {}), ...Object.entries(options.headers ?? {})];
  return new Set(given.filter(([, value]) => value !== undefined).map(([name]) => name.toLowerCase()));
}

/**
 * Checks the input of a call and writes everything that goes into its request. Nothing has been sent when it throws.
 *
 * @param signal - stops the reading of what the body is made of.
 * @throws InvalidRequestError
 */
export async function buildRequest(
  service: Service,
  operation: Operation,
  input: OperationInput,
  client: ClientOptions,
  options: RequestOptions,
  signal: AbortSignal,
): Promise<BuiltRequest> {
  const headers = new Headers();
  const streams = asksForStream(operation, input, options);
  headers.set("Accept", acceptedTypes(operation, streams));
  // Browsers refuse or preflight it.
  if (!isBrowser()) headers.set("User-Agent", `hawser/${version}`);
  const params = withExplicitFlag(operation, "query", { ...input.params }, options.query);
  const located = locateParameters(operation, params, headers);
  const idempotencyKey = chooseIdempotencyKey(operation, client, options);
  if (idempotencyKey !== undefined) {
    setHeader(
      headers,
      client.idempotencyHeader ?? defaultIdempotencyHeader,
      idempotencyKey,
      "The option idempotencyKey",
    );
  }
  const byHand = headersSetByHand(client, options);
  const isSet = (name: string) => byHand.has(name.toLowerCase());
  const authentication = await authenticate(service, operation, client, isSet, options.dryRun);
  const given = withExplicitFlag(operation, undefined, input.body, options.extraBody);
  const body = await prepareBody(operation, given, options.extraBody, signal);
  if (body.contentType !== undefined) headers.set("Content-Type", body.contentType);
  const cookies = [...located.cookies, ...authentication.cookies];
  if (cookies.length > 0 && isBrowser()) {
    throw new InvalidRequestError(`${operation.id} sends a cookie of its own, which browsers don't allow.`);
  }
  if (located.cookies.length > 0)
    setHeader(headers, "Cookie", located.cookies.join("; "), "The cookie parameters");
  applyHeaders(headers, client.headers);
  applyHeaders(headers, options.headers);
  // Only `fetch` knows the boundary of a form.
  if (body.value !== undefined && body.contentType === undefined) headers.delete("Content-Type");
  const query = [
    splitPath(operation.path).query,
    ...located.query,
    ...serializeQueryOption({ ...client.query, ...options.query }),
    ...authentication.query,
  ];
  return {
    headers,
    query: query.filter((pair) => pair !== "").join("&"),
    body,
    authentication,
    idempotencyKey,
    streams,
  };
}

/** openapi-fetch's types are about one document; here they stand for all. */
interface AnyPaths {
  [path: string]: {
    get: {
      parameters: { path: Record<string, unknown> };
      requestBody?: { content: { "*/*": unknown } };
      responses: Record<number, unknown>;
    };
  };
}

/**
 * Hands a built request to openapi-fetch, which joins it to a `Request` and gives it to `send`.
 *
 * Its own reading of answers has no clock and no cap, so `parseAs` is `stream` and `send` throws for errors before it
 * would read their bodies.
 *
 * @param send - gets the request as openapi-fetch made it, and returns an answer that is `ok`.
 * @throws what `send` throws; InvalidRequestError when the platform doesn't take the request, e.g. a GET with a body.
 */
export async function dispatch(
  baseURL: string,
  operation: Operation,
  input: OperationInput,
  built: BuiltRequest,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  let isSent = false;
  const client = createFetchClient<AnyPaths>({
    baseUrl: baseURL,
    fetch: (request) => {
      isSent = true;
      return send(request);
    },
  });
  const init = {
    params: { path: { ...input.path } },
    pathSerializer: (template: string) => fillPath(operation, template, { ...input.path }),
    querySerializer: () => built.query,
    headers: built.headers,
    parseAs: "stream" as const,
    redirect: "manual" as const,
    ...(built.body.value !== undefined && { body: built.body.value, bodySerializer: () => built.body.value }),
    // Needed for streams as bodies; `fetch` has no other mode.
    duplex: "half",
  };
  try {
    const path = splitPath(operation.path).pathname;
    const { response } = await client.request(operation.method.toLowerCase() as "get", path, init);
    return response;
  } catch (error) {
    if (isSent || HawserError.is(error)) throw error;
    throw new InvalidRequestError(
      `${operation.id} can't be made into a request: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

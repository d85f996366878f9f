import type { StreamOptions } from "@hawser/streaming";
import type { Timeouts } from "./timeouts.ts";

/**
 * How a request proves who sends it: a Security Scheme Object, reduced to what is sent.
 * `oauth2` and `openIdConnect` send the access token they are given as a bearer token; `mutualTLS` sends nothing.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#security-scheme-object
 */
export type SecurityScheme =
  | { readonly type: "http"; readonly scheme: "bearer" | "basic" }
  | { readonly type: "apiKey"; readonly in: "header" | "query" | "cookie"; readonly name: string }
  | { readonly type: "oauth2" }
  | { readonly type: "openIdConnect" }
  | { readonly type: "mutualTLS" };

/** What is the same for every operation of one document. Generated, one per document. */
export interface Service {
  /** The service's name as people say it, used in error messages. */
  readonly name: string;
  /** Version of the document, not of the package. */
  readonly version: string;
  /** Where the service answers. The first one is the default of the option `baseURL`. */
  readonly servers: readonly { readonly url: string; readonly description?: string }[];
  /** Security schemes by name. The first one is used by operations that name none. */
  readonly security: Readonly<Record<string, SecurityScheme>>;
  /** Names of the environment variables that stand in for options that were not given. */
  readonly environment?: { readonly apiKey?: string; readonly baseURL?: string };
}

/**
 * How a parameter's value is written.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#style-values
 */
export type ParameterStyle =
  | "simple"
  | "label"
  | "matrix"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "cookie";

/** One parameter of an operation, by its name on the wire. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  /** Default: `simple` for path and header, `form` for query and cookie. */
  readonly style?: ParameterStyle;
  /** Default: true for the styles `form` and `cookie`, false for the others. */
  readonly explode?: boolean;
  /** Reserved characters of a query value are sent as they are. */
  readonly allowReserved?: boolean;
  /** Media type of a parameter that is described by `content`; JSON types are sent as JSON text. */
  readonly content?: string;
}

/** How one part of a multipart body, or one field of an urlencoded body, is written. */
export interface BodyPart {
  /** Media type of the part. A JSON type sends the value as JSON text. */
  readonly contentType?: string;
  /** Default: `form`, as for query parameters; only for urlencoded bodies. */
  readonly style?: "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
}

/** How the request body is written. */
export interface OperationBody {
  readonly encoding: "json" | "multipart" | "urlencoded" | "binary" | "text";
  /** Sent as Content-Type, except for multipart bodies, whose boundary only `fetch` knows. */
  readonly mediaType: string;
  readonly required: boolean;
  /** Parts or fields that are not written in the default way, by name. */
  readonly parts?: Readonly<Record<string, BodyPart>>;
}

/** What a successful answer looks like. */
export interface Outcome {
  /** "200", "2XX" or "default". */
  readonly status: string;
  readonly kind: "json" | "text" | "binary" | "stream" | "empty";
  readonly mediaType?: string;
  /** Expected only when the body's member `property` has one of these values, e.g. `response_format: "srt"`. */
  readonly when?: { readonly property: string; readonly values: readonly unknown[] };
}

/** The class that reads a stream. Named by the operation, so that classes nobody uses are left out of a bundle. */
export interface StreamClass {
  fromResponse(response: Response, options?: StreamOptions): unknown;
}

/** When and how an operation answers with a stream. */
export interface OperationStream {
  /** `flag`: only when the body's property `flag` is true. */
  readonly mode: "always" | "flag";
  readonly flag?: string;
  readonly framing: NonNullable<StreamOptions["framing"]>;
  readonly item: NonNullable<StreamOptions["item"]>;
  /** Data of the terminal marker, e.g. `[DONE]`. */
  readonly sentinel?: string;
  readonly type: StreamClass;
}

/**
 * Whether an operation may be sent again.
 *
 * - `safe`: it changes nothing (RFC 9110, 9.2.1).
 * - `idempotent`: sent twice, it does what it does once (RFC 9110, 9.2.2).
 * - `costly`: sent twice, it may be done and paid for twice. Repeated only when the request certainly never reached
 *   the server, or when the server itself asks for it.
 */
export type RetrySafety = "safe" | "idempotent" | "costly";

/** The methods an operation can have. `TRACE` is described by documents but refused by `fetch`. */
export type OperationMethod =
  | "GET"
  | "PUT"
  | "POST"
  | "DELETE"
  | "PATCH"
  | "HEAD"
  | "OPTIONS"
  | "TRACE"
  | "QUERY";

/** Everything the runtime needs to know to send one operation and read its answer. Generated. */
export interface Operation {
  readonly id: string;
  readonly method: OperationMethod;
  /** Path template below the base URL, e.g. "/videos/{id}". */
  readonly path: string;
  readonly retry: RetrySafety;
  /** Alternatives, the first one that can be met is used. An empty list: no key is sent. Absent: the service's first. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly body?: OperationBody;
  /** Successful outcomes only: every other status is an error. */
  readonly outcomes: readonly Outcome[];
  readonly stream?: OperationStream;
  /** Milliseconds. Stands between the runtime's defaults and the client's option. */
  readonly timeouts?: Partial<Timeouts>;
}

/** The values of one call. */
export interface OperationInput {
  /** Values of path parameters by name. */
  readonly path?: Readonly<Record<string, unknown>>;
  /** Values of query, header and cookie parameters by wire name; `Operation.parameters` says where each goes. */
  readonly params?: object | undefined;
  readonly body?: unknown;
}

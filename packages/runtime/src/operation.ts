import type { EventStreamOptions, StreamOptions } from "@hawser/streaming";
import type { BinaryResponse } from "./binary-answer.ts";
import type { PreparedBody } from "./body.ts";
import type { TokenGrantor } from "./client-credentials.ts";
import type { Opened } from "./envelope.ts";
import type { ServerLocator } from "./servers.ts";
import type { Timeouts } from "./timeouts.ts";

/**
 * How a request proves who sends it: a Security Scheme Object, reduced to what is sent.
 * `oauth2` and `openIdConnect` send the access token they are given as a bearer token; with a token URL, a `grant` and
 * the options `clientId` and `clientSecret`, `oauth2` asks for it by itself. `mutualTLS` sends nothing.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#security-scheme-object
 */
export type SecurityScheme =
  | { readonly type: "http"; readonly scheme: "bearer" | "basic" }
  | { readonly type: "apiKey"; readonly in: "header" | "query" | "cookie"; readonly name: string }
  | {
      readonly type: "oauth2";
      /** Token URL of the client credentials flow, absolute or below the base URL. */
      readonly tokenUrl?: string;
      /** Asked for with each token. */
      readonly scopes?: readonly string[];
      /** Asks for tokens: `clientCredentials`. Named by the scheme, so that it is left out of bundles without one. */
      readonly grant?: TokenGrantor;
    }
  | { readonly type: "openIdConnect" }
  | { readonly type: "mutualTLS" };

/**
 * Where operations are sent.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#server-object
 */
export interface Server {
  /** Absolute http(s) URL; a variable stands in it as `{region}`. */
  readonly url: string;
  /** What the options `server` and `serverURLs` call it, beside its URL. */
  readonly name?: string;
  readonly description?: string;
  readonly variables?: Readonly<Record<string, ServerVariable>>;
}

/** A part of a server's URL that the option `serverVariables` can choose. */
export interface ServerVariable {
  readonly default: string;
  /** All values it can have; absent where it can have any. */
  readonly enum?: readonly string[];
}

/** What is the same for every operation of one document. Generated, one per document. */
export interface Service {
  /** The service's name as people say it, used in error messages. */
  readonly name: string;
  /** Version of the document, not of the package. */
  readonly version: string;
  /** Where the service answers. The first one is where requests go, unless options say otherwise. */
  readonly servers: readonly Server[];
  /** Servers that single operations have for themselves, so that options can name them; see `Operation.servers`. */
  readonly operationServers?: readonly Server[];
  /**
   * Chooses among servers and fills in their variables: `locateServers`. Named by services with more than one plain
   * server, or with servers of single operations, so that it is left out of bundles of all others.
   */
  readonly locate?: ServerLocator;
  /** Security schemes by name. The first one is used by operations that name none. */
  readonly security: Readonly<Record<string, SecurityScheme>>;
  /** Names of the environment variables that stand in for options that were not given. */
  readonly environment?: {
    readonly apiKey?: string;
    readonly baseURL?: string;
    readonly clientId?: string;
    readonly clientSecret?: string;
  };
  /** Client options of this service's own by name, and the environment variables that stand in for them. */
  readonly options?: Readonly<Record<string, { readonly variable?: string }>>;
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
  /** Reserved characters of a query or path value are sent as they are; of a path value that is the `/` above all. */
  readonly allowReserved?: boolean;
  /** Media type of a parameter that is described by `content`; JSON types are sent as JSON text. */
  readonly content?: string;
  /** Name of the service's client option that gives the value when the call gives none; see `Service.options`. */
  readonly option?: string;
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

/** Writes a body in another encoding than JSON. Named by the operation, so that encodings nobody uses are left out of a bundle. */
export type BodyWriter = (
  operation: Operation,
  body: unknown,
  settings: BodySettings,
  signal: AbortSignal | undefined,
) => PreparedBody | Promise<PreparedBody>;

/** How the request body is written. */
export type OperationBody = BodySettings &
  (
    | { readonly encoding: "json" }
    | {
        readonly encoding: "multipart" | "urlencoded" | "binary" | "text";
        /** `multipartBody`, `urlencodedBody`, `binaryBody` or `textBody`. */
        readonly write: BodyWriter;
      }
  );

/** What all encodings have. */
export interface BodySettings {
  /** Sent as Content-Type, except for multipart bodies, whose boundary only `fetch` knows. */
  readonly mediaType: string;
  readonly required: boolean;
  /** Parts or fields that are not written in the default way, by name. */
  readonly parts?: Readonly<Record<string, BodyPart>>;
  /**
   * Members that are lists of pairs on the wire and that callers may give as an object: `{ HF_TOKEN: "x" }` is sent as
   * `[{ key: "HF_TOKEN", value: "x" }]`. By the member's name: how the two members of a pair are called.
   */
  readonly maps?: Readonly<Record<string, { readonly key: string; readonly value: string }>>;
}

/** The class an answer that is a file is given as: `BinaryResponse`. Named by the operation, as classes of streams are. */
export type FileClass = new (response: Response) => BinaryResponse;

/** What a successful answer looks like. */
export type Outcome = OutcomeSettings &
  (
    | { readonly kind: "json" | "text" | "stream" | "empty" }
    | { readonly kind: "binary"; readonly type: FileClass }
  );

/** What outcomes of every kind have. */
export interface OutcomeSettings {
  /** "200", "2XX" or "default". */
  readonly status: string;
  readonly mediaType?: string;
  /** Expected only when the body's member `property` has one of these values, e.g. `response_format: "srt"`. */
  readonly when?: { readonly property: string; readonly values: readonly unknown[] };
}

/** The class that reads a stream. Named by the operation, so that classes nobody uses are left out of a bundle. */
export interface StreamClass {
  fromResponse(response: Response, options?: EventStreamOptions): unknown;
}

/** When and how an operation answers with a stream. */
export interface OperationStream {
  /** `flag`: only when `flag` is true. `accept`: only when the call has the option `stream`, which `Accept` tells the server. */
  readonly mode: "always" | "flag" | "accept";
  /** A member of the body, or the query parameter of that name. */
  readonly flag?: string;
  /** Where the flag is, when it isn't in the body. */
  readonly in?: "query";
  /** Framings that few operations use are named by value, so that they are left out of bundles without one. */
  readonly framing: NonNullable<EventStreamOptions["framing"]>;
  readonly item: NonNullable<StreamOptions["item"]>;
  /** Data of the terminal marker, e.g. `[DONE]`. */
  readonly sentinel?: string;
  /** The flag is always sent, as `false` when a call has none: for servers that stream unless told otherwise. */
  readonly explicit?: boolean;
  readonly type: StreamClass;
}

/**
 * What stands around the data of JSON answers. All pointers are JSON pointers (RFC 6901) into the whole answer.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export interface EnvelopeSettings {
  /** Where the data is. */
  readonly data: string;
  /** When the value at `pointer` is none of `values`, the answer is an error whatever its HTTP status says. */
  readonly success?: { readonly pointer: string; readonly values: readonly unknown[] };
  /** Where the number is that stands for the HTTP status in that error. */
  readonly status?: string;
}

/** Opens envelopes: `openEnvelope`. */
export type EnvelopeOpener = (body: unknown, settings: EnvelopeSettings) => Opened;

/** An envelope and what opens it, named by the operation, so that it is left out of bundles without one. */
export interface Envelope extends EnvelopeSettings {
  readonly open: EnvelopeOpener;
}

/** How a list is read page by page. Pointers are JSON pointers into the whole answer, before an envelope is opened. */
export interface PagePlan {
  /**
   * - `offset`: the parameter `offset` says how many items to leave out
   * - `page`: the parameter `page` says which page, counted from `firstPage`
   * - `cursor`: the parameter `cursor` repeats what the page before gave at `nextCursor`
   * - `none`: one answer has all
   */
  readonly scheme: "offset" | "page" | "cursor" | "none";
  /** Where the items are. */
  readonly items: string;
  /** Name of the query parameter; so are `limit` (items per page), `page` and `cursor`. */
  readonly offset?: string;
  readonly limit?: string;
  readonly page?: string;
  readonly cursor?: string;
  /** Number of the first page. Default 1. */
  readonly firstPage?: number;
  /** Where the cursor of the next page is; `-` as an item of `items` stands for the last one: `/data/-/id`. */
  readonly nextCursor?: string;
  /** Where it says, as a boolean, whether there is more. */
  readonly hasMore?: string;
  /** Where the number of items of all pages is. */
  readonly total?: string;
}

/** What a costly operation costs, and where prices stand. */
export interface CostPlan {
  /** Where the answer's data says what is paid per hour. */
  readonly perHour: string;
  readonly prices?: {
    /** Lists the prices. */
    readonly operation: Operation;
    /** Where an item of that list says what is paid per hour. */
    readonly perHour: string;
    /** Members of the request body, and where an item of the list has the value they are compared with. */
    readonly match: Readonly<Record<string, string>>;
  };
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
  /**
   * Where this operation is sent, where that isn't the service's servers; read by `Service.locate`. A `baseURL` the user
   * gives moves it too.
   */
  readonly servers?: readonly Server[];
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
  /** What stands around the data of its JSON answers. */
  readonly envelope?: Envelope;
  /** How the list it answers goes on. */
  readonly pages?: PagePlan;
  readonly cost?: CostPlan;
  /** For people: how to find out what happened when the request was sent and no answer came. */
  readonly whenUnknown?: string;
}

/** The values of one call. */
export interface OperationInput {
  /** Values of path parameters by name. */
  readonly path?: Readonly<Record<string, unknown>>;
  /** Values of query, header and cookie parameters by wire name; `Operation.parameters` says where each goes. */
  readonly params?: object | undefined;
  readonly body?: unknown;
}

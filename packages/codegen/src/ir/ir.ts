import type { Json } from "../json.ts";
import type { BodyEncoding, StreamFraming } from "../media-types.ts";

/** The version of the intermediate representation; a printer refuses one it doesn't know. */
export const irVersion = "1";

/**
 * A JSON Schema (2020-12). A reference to another schema of the document is `{ "$ref": "#/schemas/Name" }`.
 */
export type Schema = Json;

/**
 * The intermediate representation of one document: plain JSON, described by `ir.schema.json`, and free of anything
 * that belongs to one programming language. Names of schemas are PascalCase words, names of operations, resources and
 * methods camelCase words; names that travel (parameters, members, paths) are as they are on the wire.
 */
export interface IR {
  readonly version: typeof irVersion;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly client: ClientDescription;
  readonly servers: readonly { readonly url: string; readonly description?: string }[];
  readonly security: {
    readonly schemes: Readonly<Record<string, SecurityScheme>>;
  };
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly operations: readonly Operation[];
  readonly resources: Resource;
}

/** What the client as a whole is called and where it looks for what it isn't given. */
export interface ClientDescription {
  /** PascalCase. */
  readonly name: string;
  /** Names of environment variables. */
  readonly environment: { readonly apiKey?: string; readonly baseURL?: string };
}

/** A node of the resource tree; the root is the client itself. */
export interface Resource {
  /** camelCase; empty at the root. */
  readonly name: string;
  readonly description?: string;
  readonly methods: readonly { readonly name: string; readonly operation: string }[];
  readonly resources: readonly Resource[];
}

/** How a request proves who sends it (Security Scheme Object), reduced to what is sent. */
export type SecurityScheme =
  | { readonly type: "http"; readonly scheme: "bearer" | "basic" }
  | { readonly type: "apiKey"; readonly in: "header" | "query" | "cookie"; readonly name: string }
  | { readonly type: "oauth2" }
  | { readonly type: "openIdConnect" }
  | { readonly type: "mutualTLS" };

/** One operation: a method and a path, what goes in, what comes out. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated: boolean;
  readonly retry: "safe" | "idempotent" | "costly";
  /** Alternatives; an empty list means that no key is sent. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  /** The schema of query, header and cookie parameters as one object; absent when there are none. */
  readonly params?: Schema;
  readonly body?: Body;
  /** What a successful answer can be. */
  readonly outcomes: readonly Outcome[];
  /** What an unsuccessful answer holds, by status ("404", "4XX", "default"). */
  readonly errors: readonly {
    readonly status: string;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly stream?: Stream;
  /** Milliseconds. */
  readonly timeouts?: Readonly<Partial<Record<"response" | "firstEvent" | "idle" | "total", number>>>;
  readonly examples: readonly Example[];
}

/** One parameter by its name on the wire; style and explode are spelled out. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly description?: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly style: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** Media type of a parameter described by `content`. */
  readonly content?: string;
  readonly schema: Schema;
}

/** The request body, in the one encoding that is sent. */
export interface Body {
  readonly required: boolean;
  readonly mediaType: string;
  readonly encoding: BodyEncoding;
  readonly schema: Schema;
  /** How single parts of a multipart or urlencoded body are written (Encoding Object). */
  readonly parts: Readonly<
    Record<
      string,
      {
        readonly contentType?: string;
        readonly style?: string;
        readonly explode?: boolean;
        readonly allowReserved?: boolean;
      }
    >
  >;
}

/** One form a successful answer can have. */
export interface Outcome {
  /** "200", "2XX" or "default". */
  readonly status: string;
  readonly kind: "json" | "text" | "binary" | "stream" | "empty";
  readonly mediaType?: string;
  readonly schema?: Schema;
  /** Expected only when the member `property` of the request body has one of these values. */
  readonly when?: { readonly property: string; readonly values: readonly Json[] };
}

/** How an operation streams. */
export interface Stream {
  /** `flag`: only when the member `flag` of the request body is true. */
  readonly mode: "always" | "flag";
  readonly flag?: string;
  readonly framing: StreamFraming;
  /** `payload`: an item is the data of an event. `envelope`: `{ event, data }`. `text`: the event, its data unread. */
  readonly item: "payload" | "envelope" | "text";
  readonly events: readonly { readonly name?: string; readonly schema: Schema }[];
  /** The data of the event that ends the stream. */
  readonly sentinel?: string;
  /** The data of an `error` event. */
  readonly error?: Schema;
  /** `chat.completions` when the items are chunks that add up to the operation's JSON answer. */
  readonly dialect?: string;
}

/** A named example of a request body. */
export interface Example {
  readonly name: string;
  readonly summary?: string;
  readonly value: Json;
}

import type { Json } from "../json.ts";
import type { BodyEncoding, StreamFraming } from "../media-types.ts";

/** The version of the intermediate representation; a printer refuses one it doesn't know. */
export const irVersion = "3";

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
  /** Where operations are sent that have no servers of their own; the first is the default. */
  readonly servers: readonly Server[];
  readonly security: {
    readonly schemes: Readonly<Record<string, SecurityScheme>>;
  };
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly operations: readonly Operation[];
  /** What is made of several calls: waiters, creations, finders, uploads. */
  readonly helpers: readonly Helper[];
  readonly resources: Resource;
}

/** Where requests are sent (Server Object). */
export interface Server {
  /** By http or https, or relative to where the document is, if that isn't known; a variable stands in it as `{region}`. */
  readonly url: string;
  /** What people choose it by. */
  readonly name?: string;
  readonly description?: string;
  /** Those of the URL. The default is among the values, where these are listed; else any text that is part of a URL will do. */
  readonly variables?: Readonly<
    Record<
      string,
      { readonly default: string; readonly enum?: readonly string[]; readonly description?: string }
    >
  >;
}

/** What the client as a whole is called and where it looks for what it isn't given. */
export interface ClientDescription {
  /** PascalCase. */
  readonly name: string;
  /** Names of environment variables. */
  readonly environment: {
    readonly apiKey?: string;
    readonly baseURL?: string;
    readonly clientId?: string;
    readonly clientSecret?: string;
  };
  /** Options of this client's own by name, texts that stand in for parameters; `variable` is an environment variable. */
  readonly options: Readonly<Record<string, { readonly description: string; readonly variable?: string }>>;
}

/** A node of the resource tree; the root is the client itself. */
export interface Resource {
  /** camelCase; empty at the root. */
  readonly name: string;
  readonly description?: string;
  readonly methods: readonly { readonly name: string; readonly operation: string }[];
  /** Ids of helpers under the names they have here. */
  readonly helpers: readonly { readonly name: string; readonly helper: string }[];
  readonly resources: readonly Resource[];
}

/** How a request proves who sends it (Security Scheme Object), reduced to what is sent. */
export type SecurityScheme =
  | { readonly type: "http"; readonly scheme: "bearer" | "basic" }
  | { readonly type: "apiKey"; readonly in: "header" | "query" | "cookie"; readonly name: string }
  | {
      readonly type: "oauth2";
      /** Where a program gets a token for its id and secret (client credentials), absolute or below the base URL. */
      readonly tokenUrl?: string;
      /** What operations ask for in all. */
      readonly scopes?: readonly string[];
    }
  | { readonly type: "openIdConnect" }
  | { readonly type: "mutualTLS" };

/** One operation: a method and a path, what goes in, what comes out. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Where it is sent, where that isn't where all are; never empty. */
  readonly servers?: readonly Server[];
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
  readonly envelope?: Envelope;
  readonly pages?: Pages;
  readonly cost?: Cost;
  /** For people: how to find out what happened when a costly request was sent and no answer came. */
  readonly whenUnknown?: string;
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
  /** The one value it can have, which is always sent: no call gives it. */
  readonly constant?: Json;
  /** The client's option that gives the value; no call does. */
  readonly option?: string;
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
  /** Members that are lists of pairs on the wire and may be given as maps: what the two of a pair are called. */
  readonly maps: Readonly<Record<string, { readonly key: string; readonly value: string }>>;
}

/** One form a successful answer can have. */
export interface Outcome {
  /** "200", "2XX" or "default". */
  readonly status: string;
  readonly kind: "json" | "text" | "binary" | "stream" | "empty";
  readonly mediaType?: string;
  /** Of the whole answer. */
  readonly schema?: Schema;
  /** Of what a call returns of it, when the operation has an envelope. */
  readonly data?: Schema;
  /** Expected only when the member `property` of the request body has one of these values. */
  readonly when?: { readonly property: string; readonly values: readonly Json[] };
}

/** How an operation streams. */
export interface Stream {
  /** `flag`: only when `flag` is true. `accept`: only when the request's `Accept` asks for it. */
  readonly mode: "always" | "flag" | "accept";
  /** A member of the request body, or the query parameter of that name. */
  readonly flag?: string;
  /** Where the flag is, when it isn't in the body. */
  readonly in?: "query";
  /** The flag is always sent, false when a call has none. */
  readonly explicit?: boolean;
  readonly framing: StreamFraming;
  /**
   * `payload`: an item is the data of an event. `envelope`: `{ event, data }`. `text`: the event, its data unread.
   * `part`: the JSON of a part, as `events` has it, or `{ headers, data }` of a part that is none.
   */
  readonly item: "payload" | "envelope" | "text" | "part";
  readonly events: readonly { readonly name?: string; readonly schema: Schema }[];
  /** The data of the event that ends the stream. */
  readonly sentinel?: string;
  /** The data of an `error` event. */
  readonly error?: Schema;
  /** The protocol whose items add up to the operation's JSON answer. */
  readonly dialect?: "chat.completions" | "responses" | "messages";
}

/** What stands around the data of an operation's JSON answers. Pointers (RFC 6901) are into the whole answer. */
export interface Envelope {
  readonly data: string;
  /** When the value at `pointer` is none of these, the answer is an error whatever its status says. */
  readonly success?: { readonly pointer: string; readonly values: readonly Json[] };
  /** The number that stands for the status in that error. */
  readonly status?: string;
}

/** How a list is gone through. Pointers are into the whole answer; the other names are those of query parameters. */
export interface Pages {
  readonly scheme: "offset" | "page" | "cursor" | "none";
  readonly items: string;
  /** The schema of one item. */
  readonly item: Schema;
  readonly offset?: string;
  readonly limit?: string;
  readonly page?: string;
  readonly cursor?: string;
  /** The number of the first page; 1 when absent. */
  readonly firstPage?: number;
  /** `-` as an item of `items` stands for the last one: `/data/-/id`. */
  readonly nextCursor?: string;
  readonly hasMore?: string;
  readonly total?: string;
}

/** What an operation costs. Pointers are into the data of the answer, and into an item of the price list. */
export interface Cost {
  readonly perHour: string;
  readonly prices?: {
    /** Id of the operation that lists prices. */
    readonly operation: string;
    readonly perHour: string;
    /** Members of the request body, and the place in an item each is compared with. */
    readonly match: Readonly<Record<string, string>>;
  };
}

/** What is made of several calls. Each `id` is a camelCase word no other helper or operation has. */
export type Helper = Waiter | Creation | Finder | Upload;

/** Polls an operation until an answer says that it is over. Pointers are into the data of the polled operation. */
export interface Waiter {
  readonly kind: "waiter";
  readonly id: string;
  readonly name: string;
  /** Id of the operation that is polled. */
  readonly operation: string;
  /** Id of an operation with the same parameters that is called once at the end, for what the waiter gives. */
  readonly result?: string;
  /** Between two polls; milliseconds. */
  readonly delay: { readonly minimum: number; readonly maximum: number };
  /** Milliseconds. */
  readonly timeout: number;
  /** The first that matches counts; an answer that none matches is polled on. */
  readonly acceptors: readonly Acceptor[];
  readonly progress?: string;
  readonly reason?: string;
}

/**
 * What one answer means to a waiter: by a value in the data, or by the status (`within` ms of the first poll). A failure
 * can mean that what is polled is `gone`.
 */
export type Acceptor =
  | {
      readonly state: AcceptorState;
      readonly pointer: string;
      readonly values: readonly Json[];
      readonly gone?: boolean;
    }
  | {
      readonly state: AcceptorState;
      readonly status: number;
      readonly within?: number;
      readonly gone?: boolean;
    };

/** What an answer is taken for: the good end, the bad end, or none yet. */
export type AcceptorState = "success" | "failure" | "retry";

/** Calls an operation that creates something, and waits for it. */
export interface Creation {
  readonly kind: "creation";
  readonly id: string;
  readonly name: string;
  /** Id of the operation that creates. */
  readonly operation: string;
  /** Id of the waiter. */
  readonly waiter: string;
  /** Where in the data of the creating operation the id is (RFC 6901). */
  readonly pointer: string;
  /** The parameter of the polled operation that takes the id. */
  readonly parameter: string;
  /** Id of the operation that undoes the creation. */
  readonly undo?: string;
  /** What the request body has to hold for an answer with an id. */
  readonly when?: NonNullable<Outcome["when"]>;
}

/** Goes through a list for the items with one value. */
export interface Finder {
  readonly kind: "finder";
  readonly id: string;
  readonly name: string;
  /** Id of the operation that lists. */
  readonly operation: string;
  /** Where in an item the value is (RFC 6901). */
  readonly pointer: string;
  /** The query parameter that narrows the list. */
  readonly parameter?: string;
}

/** Asks an operation where to send a file, and sends it there. Pointers are into the data of the operation. */
export interface Upload {
  readonly kind: "upload";
  readonly id: string;
  readonly name: string;
  /** Id of the operation that gives the address. */
  readonly operation: string;
  readonly url: string;
  readonly result: string;
  /** Names of query parameters. */
  readonly contentType: string;
  readonly extension: string;
}

/** A named example of a request body. */
export interface Example {
  readonly name: string;
  readonly summary?: string;
  readonly value: Json;
}

/** An example of the document, as a server would send it. */
export interface NamedExample {
  /** Name in the document; `default` for a media type's only, unnamed `example`. */
  readonly name: string;
  readonly summary?: string;
  /** JSON for JSON media types, text for all others; absent when the example is a file. */
  readonly value?: unknown;
  /** Where the bytes are, when the example is a file that is no text. */
  readonly file?: URL;
}

/** One media type of an answer. */
export interface Content {
  readonly mediaType: string;
  /** Which requests are answered with it (`x-hawser-when`): those whose body has one of the values in the property. */
  readonly when?: { readonly property: string; readonly values: readonly unknown[] };
  readonly examples: readonly NamedExample[];
}

/** What an operation can answer under one status. */
export interface DeclaredResponse {
  /** A status such as `200`, a range such as `4XX`, or `default`. */
  readonly status: string;
  readonly contents: readonly Content[];
}

/** An operation of the document with what its answers need. */
export interface MockOperation {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** Path template, relative to the server's URL: `/videos/{id}`. */
  readonly path: string;
  /** Paths of the operation's own servers, where it is found too; absent when it has none. */
  readonly basePaths?: readonly string[];
  /** Path parameters whose value may have slashes (`allowReserved`). */
  readonly reserved?: readonly string[];
  readonly summary?: string;
  /** Present when a 2xx answer is a stream. */
  readonly stream?: {
    readonly mediaType: string;
    /** `flag`: what is asked for with `flag`; `accept`: what `Accept` asks for; `always`: there is no other answer. */
    readonly mode: "always" | "flag" | "accept";
    /** The boolean member of the body, or query parameter, that asks for the stream. */
    readonly flag?: string;
    /** Where the flag is, when it isn't in the body. */
    readonly in?: "query";
  };
  readonly responses: readonly DeclaredResponse[];
  /** Request bodies of the document by name. */
  readonly requestExamples: ReadonlyMap<string, unknown>;
  /** The schemas of a multipart body's parts; absent when the operation takes none. */
  readonly formParts?: Readonly<Record<string, FormPart>>;
}

/** What a part of a multipart body is read as. */
export interface FormPart {
  readonly type: "array" | "object" | "number" | "boolean" | "string";
  /** For arrays: what an item is read as. */
  readonly items?: FormPart["type"];
}

/** The response that stands for a status: the status itself, then its range, then `default`. */
export function responseFor(operation: MockOperation, status: number): DeclaredResponse | undefined {
  const find = (wanted: string) => operation.responses.find((response) => response.status === wanted);
  return find(String(status)) ?? find(`${String(status).charAt(0)}XX`) ?? find("default");
}

import type { OpenAPIDocument } from "@hawser/codegen";
import type { Scene } from "./answer/scenes.ts";
import type { Delivery } from "./answer/wanted.ts";
import type { OperationSummary } from "./list-operations.ts";
import type { RecordedRequest } from "./recorded-request.ts";

/** How a mock server is made. */
export interface MockServerOptions extends Delivery {
  /** Path or `file:` URL of an OpenAPI document (3.0, 3.1, 3.2), or a document in one piece. */
  readonly document: string | URL | OpenAPIDocument;
  /** Paths of OpenAPI Overlay documents, applied in order. */
  readonly overlays?: readonly string[];
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Scenes by name, beside those of the document (`x-hawser-scenes`); of two with one name this one counts. */
  readonly scenes?: Readonly<Record<string, Scene>>;
  /** Name of the scene that answers from the start. Default: none. */
  readonly scene?: string;
  /** What is checked: `false` for nothing, or each by itself. Default: the request and its credentials. */
  readonly validate?: boolean | { readonly request?: boolean; readonly security?: boolean };
  /** Cap of a request body in bytes. Default 25 MiB. A longer one gets 413. */
  readonly maxBodyBytes?: number;
  /** Gets one line per request: method, path, status, milliseconds. Never a header. Default: no log. */
  readonly logger?: (line: string) => void;
}

/** A running mock server. */
export interface MockServer extends AsyncDisposable {
  /** Where it listens, with the base path of the document's first server: `http://127.0.0.1:49152/v1`. */
  readonly url: string;
  readonly port: number;
  /** What it answers, by the document. */
  readonly operations: readonly OperationSummary[];
  /** Names of the scenes it knows. */
  readonly scenes: readonly string[];
  /** The requests it got, the oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Forgets the requests, and goes back to the scene of the options, from its beginning. */
  reset(): void;
  /**
   * Lets a scene answer from now on, from its beginning; `undefined` for none.
   *
   * Throws `ChoiceError` for an unknown name and `DocumentError` for a scene that doesn't fit the document.
   */
  useScene(scene: string | Scene | undefined): void;
  /** Stops it: open streams and idle connections are closed at once. */
  close(): Promise<void>;
}

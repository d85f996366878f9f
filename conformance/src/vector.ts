import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What reads the wire of a vector; the README says what each gives. */
export type VectorKind =
  | "server-sent-events"
  | "json-lines"
  | "json-sequence"
  | "multipart"
  | "multipart-stream"
  | "chat"
  | "responses"
  | "messages"
  | "partial-json"
  | "error-body"
  | "completion"
  | "request";

/** One read of a body: text, bytes, a server-sent event, JSON, or a chunk of a chat in short. */
export type Piece =
  | string
  | { readonly base64: string }
  | { readonly event?: string; readonly data: unknown }
  | { readonly json: unknown }
  | ShortChunk;

/** A chunk of one choice, without what all chunks have in common. */
export interface ShortChunk {
  readonly delta: unknown;
  /** Default 0. */
  readonly index?: number;
  /** Default `null`. */
  readonly finish_reason?: string;
}

/** How a stream is read. */
interface VectorOptions {
  readonly strict?: boolean;
  readonly maxEventBytes?: number;
  readonly maxHeaderBytes?: number;
  readonly boundary?: string;
  readonly maxDepth?: number;
  readonly timeouts?: { readonly firstEvent?: number; readonly idle?: number };
  readonly splitThinking?: true | "opened";
  readonly maxToolCalls?: number;
  readonly maxChoices?: number;
}

/** What a testee is given, apart from the wire. */
export interface Exchange {
  readonly kind: VectorKind;
  readonly options?: VectorOptions;
  readonly response?: { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  readonly request?: Readonly<Record<string, unknown>>;
  readonly wireEnd?: "close" | "open" | "reset";
}

/** What a vector expects, or a testee found: an error is compared member by member, `says` with the message. */
export interface Outcome {
  readonly end?: string;
  readonly quirks?: readonly string[];
  readonly error?: Readonly<Record<string, unknown>>;
  readonly snapshots?: readonly unknown[];
  readonly absent?: readonly string[];
  readonly body?: unknown;
  readonly chunks?: readonly unknown[];
  readonly [member: string]: unknown;
}

/** One vector of the suite, as `schema/suite.schema.json` describes it. */
export interface Vector extends Exchange {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly wire?: readonly Piece[];
  readonly expected: Outcome;
}

const folder = join(import.meta.dirname, "../vectors");

/** The files of the suite, by name. */
export function readVectorFiles(): [name: string, content: { readonly vectors: readonly Vector[] }][] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8"))]);
}

import type { AbortError, HawserError, StreamError, TimeoutError } from "./errors.ts";
import type { Quirk } from "./quirk.ts";

/**
 * How a stream ended.
 *
 * - `complete`: it came to its own end
 * - `truncated`: the body ended, but the answer had not: no terminal marker, no `finish_reason`
 * - `aborted`: the caller gave up, by a signal, by `abort()`, or by leaving the loop
 * - `timeout`: a clock ran out
 * - `error`: the server reported an error, the connection broke, or what came can't be read
 */
export type StreamEnd =
  | { readonly reason: "complete" }
  | { readonly reason: "truncated" }
  | { readonly reason: "aborted"; readonly error: AbortError }
  | { readonly reason: "timeout"; readonly error: TimeoutError }
  | { readonly reason: "error"; readonly error: StreamError | HawserError };

/** The clocks of a stream. A clock left out, `0` or `Infinity` does not run. */
export interface StreamTimeouts {
  /** How long the first event may take from the first read, in milliseconds. Comments don't count. */
  readonly firstEvent?: number | undefined;
  /**
   * How long a read may bring no bytes at all, in milliseconds. Any byte restarts it, a comment's too. Where there is
   * a `firstEvent` clock, this one starts after it.
   */
  readonly idle?: number | undefined;
}

/** How a stream is read. */
export interface StreamOptions {
  /** Ends the stream when it is aborted. A `TimeoutError` as its reason ends the stream as `timeout`. */
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: StreamTimeouts | undefined;
  /** The data of the terminal marker, for example `[DONE]`. With one, a body that ends without it is `truncated`. */
  readonly sentinel?: string | undefined;
  /** How items are separated. Default `server-sent-events`. */
  readonly framing?: "server-sent-events" | "json-lines" | undefined;
  /**
   * What an item is. `payload` (the default): the data, parsed as JSON. `envelope`: `{ event?, data, id?, retry? }`,
   * with the data parsed when it is JSON and as text when it is not.
   */
  readonly item?: "payload" | "envelope" | undefined;
  /** How large one event may be, in bytes. Default 16 MiB. */
  readonly maxEventBytes?: number | undefined;
  /**
   * Takes what stands between `<think>` and `</think>` at the start of a chat's answer for reasoning (Q36). `"opened"`:
   * the prompt has opened the tag already, so every answer begins with reasoning. Default `false`: answers may quote the
   * tags.
   *
   * With `true`, a closing tag without an opening one makes reasoning of all that came before it. It has been streamed
   * as content by then; the chunk says so (`content_was_reasoning`), and the completion has it right.
   */
  readonly splitThinking?: boolean | "opened" | undefined;
  /** How many tool calls one answer of a chat may have. Default 1,024. */
  readonly maxToolCalls?: number | undefined;
  /** How many answers (`n`) a chat may have. Default 1,024. */
  readonly maxChoices?: number | undefined;
  /** Is told of every departure from the format, once for each place. */
  readonly onQuirk?: ((quirk: Quirk) => void) | undefined;
  /** Turns departures from the format into a `StreamError`. Default `false`. */
  readonly strict?: boolean | undefined;
  /** Is told of comments, without their colon: some servers put metadata into them. */
  readonly onComment?: ((text: string) => void) | undefined;
  /** Is given each item before whoever reads the stream; what it throws ends the stream. */
  readonly onItem?: ((item: unknown) => void) | undefined;
  /** Is called exactly once, when the stream is over or was left. */
  readonly onClose?: ((end: StreamEnd) => void) | undefined;
}

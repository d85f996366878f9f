import type { ItemReader } from "./item-reader.ts";
import type { ReportQuirk } from "./quirk.ts";
import type { StreamOptions } from "./stream-options.ts";

/**
 * A way to tell the items of a stream apart that is handed to `EventStream` as a value, so that bundles have only those
 * they name: `jsonSequence`, `multipartMixed`.
 */
export interface StreamFraming {
  readonly name: "json-sequence" | "multipart-mixed";
  /** What a request for such a stream accepts when nothing else is said. */
  readonly mediaType: string;
  /** What of the answer's head makes its body unreadable; `undefined` for nothing. */
  obstacleIn(response: Response): string | undefined;
  /** Used by `EventStream`. */
  createReader<Item>(
    response: Response,
    report: ReportQuirk,
    options: Omit<StreamOptions, "framing">,
  ): ItemReader<Item>;
}

/** How an `EventStream` is read: what all streams can be told, and the framings that only it knows. */
export interface EventStreamOptions extends Omit<StreamOptions, "framing"> {
  /** How items are separated. Default `server-sent-events`. */
  readonly framing?: StreamOptions["framing"] | StreamFraming;
}

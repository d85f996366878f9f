import { invalidData } from "./errors.ts";
import type { Frame } from "./frame-parser.ts";
import { tryParseJson } from "./json.ts";
import type { ReportQuirk } from "./quirk.ts";

/** What a decoder needs to know of its frames: their data as JSON, and whether the last one was lost. */
export interface FrameReader {
  /** The data as JSON. `undefined` when the body ended within it. Throws a `StreamError` when it is no JSON. */
  parse(frame: Frame): { readonly value: unknown } | undefined;
  /** One more frame was read in another way. */
  passOver(): void;
  /** Whether the body ended within a frame that could not be read. */
  readonly lostLast: boolean;
}

/**
 * A reader of frames. An event that the body ended within is no event by the rules, but sloppy servers end theirs so:
 * it is used when it can be read, and reported either way (Q7).
 */
export function createFrameReader(isLine: boolean, report: ReportQuirk): FrameReader {
  let count = 0;
  let lostLast = false;
  return {
    parse(frame) {
      count += 1;
      const parsed = tryParseJson(frame.data);
      if (frame.origin === "unfinished" && !isLine) {
        report(
          "Q7",
          "",
          `The last event is not ended by a blank line, and ${parsed ? "used" : "can't be read"}`,
        );
      }
      if (parsed !== undefined) return parsed;
      if (frame.origin !== "unfinished") throw invalidData(`Event ${count} is not JSON`, frame.data);
      lostLast = true;
      return undefined;
    },
    passOver() {
      count += 1;
    },
    get lostLast() {
      return lostLast;
    },
  };
}

/** Whether the data is the terminal marker; servers put white space around it. */
export function isMarker(frame: Frame, sentinel: string | undefined): boolean {
  if (sentinel === undefined || frame.data.length > sentinel.length + 8) return false;
  return frame.data === sentinel || frame.data.trim() === sentinel;
}

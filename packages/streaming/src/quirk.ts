import { StreamError } from "./errors.ts";

/** A departure from the format that was met in a stream, and repaired or put up with. */
export interface Quirk {
  /** The stable number of the departure; the package's README lists them. */
  readonly id: QuirkId;
  /** What was met, in a sentence. Never quotes the conversation. */
  readonly detail: string;
  /** Where in the chunk, as a JSON pointer (RFC 6901); empty for the frame as a whole. */
  readonly pointer: string;
}

/** The stable number of a departure from the format. */
export type QuirkId = `Q${number}`;

/** Says that a departure was met. Throws a `StreamError` when departures are not put up with. */
export type ReportQuirk = (id: QuirkId, pointer: string, detail: string) => void;

/**
 * A reporter for one stream. A departure is reported once for each place, not once for each chunk: a server that has
 * a habit has it in every chunk.
 */
export function createQuirkReporter(
  onQuirk: ((quirk: Quirk) => void) | undefined,
  strict: boolean,
): ReportQuirk {
  const reported = new Map<QuirkId, Set<string>>();
  return (id, pointer, detail) => {
    let places = reported.get(id);
    if (places?.has(pointer)) return;
    if (places === undefined) {
      places = new Set();
      reported.set(id, places);
    }
    places.add(pointer);
    onQuirk?.({ id, detail, pointer });
    if (!strict) return;
    const where = pointer === "" ? "" : ` at ${pointer}`;
    throw new StreamError(`${detail} (${id}${where})`, { reason: "quirk", code: id });
  };
}

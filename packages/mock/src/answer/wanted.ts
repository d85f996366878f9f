/** How the bytes of an answer travel. */
export interface Delivery {
  /** Milliseconds before the headers are sent. Default 0. */
  readonly latency?: number;
  /** Cuts the body into pieces of this many bytes, also in the middle of a character. Default: a stream event by event. */
  readonly chunkSize?: number;
  /** Milliseconds between two pieces. Default 0. */
  readonly delay?: number;
  /** Destroys the socket after this many bytes of the body. */
  readonly cut?: number;
  /** Ends the body cleanly after this many bytes. */
  readonly end?: number;
  /** Sends nothing more after this many bytes of the body, until the client leaves. */
  readonly stall?: number;
  /** Leaves the answer open after its last byte, until the client leaves. */
  readonly keepOpen?: boolean;
}

/** The ways a body can stop before its end; only one of them can come true. */
export const stops = ["cut", "end", "stall"] as const;

/** What of some options is about how answers travel. */
export function deliveryOf(options: Delivery): Delivery {
  const { latency, chunkSize, delay, cut, end, stall, keepOpen } = options;
  const all = { latency, chunkSize, delay, cut, end, stall, keepOpen };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/**
 * What is wrong with what is wanted, as someone wrote it in a scene; `undefined` when nothing is. Whether the document
 * has such an answer is another question.
 */
export function problemOfWanted(wanted: Readonly<Record<string, unknown>>): string | undefined {
  for (const [key, value] of Object.entries(wanted)) {
    const kind = Object.hasOwn(kinds, key) ? kinds[key as keyof Wanted] : undefined;
    if (kind === undefined) return `"${key}" is not known. There are ${Object.keys(kinds).join(", ")}.`;
    if (typeof value !== kind) return `"${key}" has to be a ${kind}.`;
    if (kind === "number" && !(Number.isInteger(value) && Number(value) >= (key === "chunkSize" ? 1 : 0))) {
      return `"${key}" has to be a whole number of at least ${key === "chunkSize" ? 1 : 0}.`;
    }
  }
  const ends = stops.filter((stop) => wanted[stop] !== undefined);
  return ends.length > 1 ? `${ends.join(" and ")} can't both come true.` : undefined;
}

const kinds = {
  status: "number",
  example: "string",
  latency: "number",
  chunkSize: "number",
  delay: "number",
  cut: "number",
  end: "number",
  stall: "number",
  keepOpen: "boolean",
} as const satisfies Record<keyof Wanted, string>;

/** What counts when two say how an answer travels: the second, as far as it says something. */
export function mergeDelivery(first: Delivery, second: Delivery): Delivery {
  if (stops.every((stop) => second[stop] === undefined)) return { ...first, ...second };
  const { cut: _cut, end: _end, stall: _stall, ...rest } = first;
  return { ...rest, ...second };
}

/** An answer that is asked for by name, and how it travels. */
export interface Wanted extends Delivery {
  /** A status the document declares for the operation. */
  readonly status?: number;
  /** Name of an example in the document. */
  readonly example?: string;
}

/** A choice nothing in the document fits; the message names what there is. */
export class ChoiceError extends Error {
  override readonly name = "ChoiceError";
}

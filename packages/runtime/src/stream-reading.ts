import type { StreamOptions } from "@hawser/streaming";

/** The options of streams that a client's users choose; the others follow from the operation and its clocks. */
export const streamReadingNames = [
  "onQuirk",
  "strict",
  "onComment",
  "maxEventBytes",
  "maxToolCalls",
  "maxChoices",
  "splitThinking",
] as const satisfies readonly (keyof StreamOptions)[];

/** How streams are read, for a client and for a single call. */
export type StreamReading = Pick<StreamOptions, (typeof streamReadingNames)[number]>;

/** What holds for a call: its own options, and else its client's. */
export function chooseReading(client: StreamReading, call: StreamReading | null): StreamReading {
  return Object.fromEntries(streamReadingNames.map((name) => [name, call?.[name] ?? client[name]]));
}

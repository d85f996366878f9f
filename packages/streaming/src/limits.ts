import { StreamError } from "./errors.ts";

/** How large one event may be when nothing else is asked for, in bytes. */
export const defaultMaxEventBytes = 16 * 1024 * 1024;

/** How many answers a chat, and how many tool calls each of them, may have when nothing else is asked for. */
export const defaultMaxCount = 1024;

/** How deeply chunks, events and the inputs of tools may be nested. */
export const maxDepth = 512;

/** Throws a `StreamError` (`too-large`) when one more would be too many. */
export function requireFewer(what: string, count: number, limit: number, option: string): void {
  if (count < limit) return;
  throw new StreamError(`The stream has more than ${limit} ${what} (${option})`, { reason: "too-large" });
}

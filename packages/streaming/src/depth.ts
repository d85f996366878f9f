import { StreamError } from "./errors.ts";
import { maxDepth } from "./limits.ts";

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const member of Object.values(value)) if (isDeeperThan(levels - 1, member)) return true;
  return false;
}

/** Throws a `StreamError` (`too-large`) when JSON is nested so deeply that going through it could exhaust the stack. */
export function requireShallow(what: string, value: unknown, raw: string): void {
  // Every level takes two characters: most texts need not be looked through.
  if (raw.length <= 2 * maxDepth || !isDeeperThan(maxDepth, value)) return;
  throw new StreamError(`${what} is nested more than ${maxDepth} levels deep`, { reason: "too-large", raw });
}

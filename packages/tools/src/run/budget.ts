import { HawserError } from "@hawser/streaming";

/** What can be used up. */
export type Budget = "steps" | "tokens" | "cost" | "time";

/** How much of each a run may use. */
export interface Limits {
  readonly steps: number;
  readonly tokens?: number | undefined;
  readonly cost?: number | undefined;
  /** Milliseconds. */
  readonly time?: number | undefined;
}

/** What a run has used. */
export type Used = Readonly<Record<Budget, number>>;

/** A budget that is used up. */
export interface Hit {
  readonly budget: Budget;
  readonly limit: number;
  readonly used: number;
}

const budgets: readonly Budget[] = ["cost", "tokens", "time", "steps"];

/** The first budget that is used up. */
export function findHit(limits: Limits, used: Used): Hit | undefined {
  for (const budget of budgets) {
    const limit = limits[budget];
    if (limit !== undefined && used[budget] >= limit) return { budget, limit, used: used[budget] };
  }
  return undefined;
}

/** Throws a `HawserError` when a limit is none. */
export function checkLimits(limits: Limits): void {
  for (const budget of budgets) {
    const limit = limits[budget];
    if (limit !== undefined && !(limit > 0)) {
      throw new HawserError(`The budget of ${budget} has to be more than 0, not ${limit}`);
    }
  }
}

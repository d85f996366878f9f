import type { CompletionUsage } from "@hawser/streaming";
import { isObject, type JsonObject } from "../json.ts";

/** The tokens of several answers together. */
export interface UsageSum {
  prompt_tokens: number;
  completion_tokens: number;
  /** Where a server leaves it out, tokens of the prompt and of the completion together. */
  total_tokens: number;
  prompt_tokens_details?: Record<string, number>;
  completion_tokens_details?: Record<string, number>;
}

function addNumbers(sum: JsonObject, usage: JsonObject): void {
  for (const [name, value] of Object.entries(usage)) {
    // What the server calls its counts may be the name of something inherited.
    if (name === "__proto__") continue;
    const previous = Object.hasOwn(sum, name) ? sum[name] : undefined;
    if (typeof value === "number") sum[name] = (typeof previous === "number" ? previous : 0) + value;
    else if (isObject(value)) {
      const nested = isObject(previous) ? previous : {};
      sum[name] = nested;
      addNumbers(nested, value);
    }
  }
}

/** Adds up what several answers used, details and members of servers' own included. */
export function sumUsage(usages: readonly (CompletionUsage | undefined)[]): UsageSum {
  const sum: JsonObject = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
  for (const usage of usages)
    if (usage !== undefined) addNumbers(sum, { ...usage, total_tokens: totalOf(usage) });
  return sum as unknown as UsageSum;
}

/** All the tokens of one answer. Servers send `null` for what they don't count. */
export function totalOf(usage: CompletionUsage): number {
  return usage.total_tokens ?? (usage.prompt_tokens ?? 0) + (usage.completion_tokens ?? 0);
}

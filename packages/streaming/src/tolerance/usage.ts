import { isJsonObject, type JsonObject } from "../json.ts";
import type { ReportQuirk } from "../quirk.ts";

/** Repairs the usage of one stream's chunks. */
export interface UsageRepair {
  /** Repairs the usage of a chunk, in place. */
  repair(chunk: JsonObject): void;
  /** Whether there has been more than one: no further one is a surprise. */
  isRepeated(): boolean;
}

/** Finds the usage of a chunk wherever it is (Q22), and tells of counts that come again (Q20) or are taken back (Q21). */
export function createUsageRepair(report: ReportQuirk): UsageRepair {
  let times = 0;

  function findElsewhere(chunk: JsonObject): JsonObject | undefined {
    if (isJsonObject(chunk.x_groq) && isJsonObject(chunk.x_groq.usage)) {
      report("Q22", "/x_groq/usage", "The usage is under x_groq");
      return chunk.x_groq.usage;
    }
    for (const [position, choice] of (chunk.choices as unknown[]).entries()) {
      if (!isJsonObject(choice) || !isJsonObject(choice.usage)) continue;
      report("Q22", `/choices/${position}/usage`, "The usage is in a choice");
      return choice.usage;
    }
    return undefined;
  }

  function repair(chunk: JsonObject): void {
    if (!isJsonObject(chunk.usage)) {
      if (times > 0 && chunk.usage === null) report("Q21", "/usage", "The usage is null after it was given");
      const found = findElsewhere(chunk);
      if (found === undefined) {
        if ("usage" in chunk) chunk.usage = null;
        return;
      }
      chunk.usage = found;
    }
    if (times > 0) report("Q20", "/usage", "The usage is given more than once; the last one holds");
    times += 1;
  }

  return { repair, isRepeated: () => times > 1 };
}

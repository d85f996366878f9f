import { isJsonObject, type JsonObject } from "../json.ts";
import type { ReportQuirk } from "../quirk.ts";

/** Finds the usage of a chunk wherever it is (Q22), and tells of counts that come again (Q20) or are taken back (Q21). */
export function createUsageRepair(report: ReportQuirk): (chunk: JsonObject) => void {
  let seen = false;

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

  return (chunk) => {
    if (!isJsonObject(chunk.usage)) {
      if (seen && chunk.usage === null) report("Q21", "/usage", "The usage is null after it was given");
      const found = findElsewhere(chunk);
      if (found === undefined) {
        if ("usage" in chunk) chunk.usage = null;
        return;
      }
      chunk.usage = found;
    }
    if (seen) report("Q20", "/usage", "The usage is given more than once; the last one holds");
    seen = true;
  };
}

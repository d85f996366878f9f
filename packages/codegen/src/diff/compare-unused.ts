import { compareSchemas } from "./compare-schemas.ts";
import type { Comparison } from "./comparison.ts";
import { usersOf } from "./usage.ts";

/** Compares schemas of one name that no operation uses: they are types people may read values with. */
export function compareUnused(comparison: Comparison): void {
  const { oldUsage, newUsage } = comparison;
  for (const name of Object.keys(comparison.old.schemas)) {
    if (!Object.hasOwn(comparison.new.schemas, name)) continue;
    if (usersOf(oldUsage, name).length > 0 || usersOf(newUsage, name).length > 0) continue;
    const place = { schema: { $ref: `#/schemas/${name}` }, pointer: `#/schemas/${name}` };
    compareSchemas(comparison, place, place, { direction: "answer", label: name, operations: () => [] });
  }
}

import type { IR } from "../ir/ir.ts";
import { compareClients } from "./compare-clients.ts";
import { compareOperations } from "./compare-operations.ts";
import { compareUnused } from "./compare-unused.ts";
import { Comparison, same } from "./comparison.ts";
import { type Difference, tidyDifferences } from "./difference.ts";

/**
 * Compares two versions of an API by their intermediate representations: what differs, whom it breaks, and what it asks
 * of the next version number (Semantic Versioning 2.0.0). What calls take is judged from the side of who writes them,
 * answers from the side of who reads them.
 */
export function diff(old: IR, next: IR): Difference[] {
  const comparison = new Comparison(old, next);
  compareOperations(comparison);
  compareUnused(comparison);
  compareClients(comparison);
  if (comparison.found.length === 0 && !same(old, next)) {
    const message = "Something differs that concerns neither calls nor answers.";
    comparison.add({ rule: "details", level: "patch", pointer: "#", message });
  }
  return tidyDifferences(comparison.found);
}

import type { Operation } from "../ir/ir.ts";
import { joinPointer } from "../json.ts";
import type { OperationPair } from "./compare-operations.ts";
import { type Comparison, same } from "./comparison.ts";

/** Compares what an operation asks of who calls it: each alternative is a set of schemes. */
export function compareSecurity(
  comparison: Comparison,
  { old, new: next, pointer, call }: OperationPair,
): void {
  const [was, is] = [alternatives(old), alternatives(next)];
  const gone = was.filter((alternative) => !is.includes(alternative));
  const added = is.filter((alternative) => !was.includes(alternative));
  const shared = { operations: [next.id], pointer: joinPointer(pointer, "security") };
  if (gone.length > 0) {
    const message = `\`${call}\` asks for ${is.map(called).join(" or ")} now, and ${was.map(called).join(" or ")} did before.`;
    comparison.add({ rule: "security", level: "major", breaks: ["callers"], message, ...shared });
  } else if (added.length > 0) {
    const message = `\`${call}\` can be called with ${added.map(called).join(" or ")} now.`;
    comparison.add({ rule: "security", level: "minor", message, ...shared });
  } else if (!same(old.security, next.security)) {
    comparison.add({
      rule: "security",
      level: "minor",
      message: `\`${call}\` asks for other scopes.`,
      ...shared,
    });
  }
}

/** Each alternative as one word, whatever the order of its schemes; none at all is one too. */
function alternatives({ security }: Operation): string[] {
  if (security.length === 0) return [""];
  return security.map((alternative) => Object.keys(alternative).sort().join(" and "));
}

function called(alternative: string): string {
  return alternative === "" ? "no key" : alternative;
}

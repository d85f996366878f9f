import { isDeepStrictEqual } from "node:util";
import type { Outcome } from "./vector.ts";

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** Whether a JSON pointer (RFC 6901) finds something. */
function has(value: unknown, pointer: string): boolean {
  let current = value;
  for (const token of pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, name)) return false;
    current = (current as Record<string, unknown>)[name];
  }
  return true;
}

function compareErrors(expected: Outcome["error"], found: Outcome["error"]): string[] {
  if (expected === undefined || found === undefined) {
    return expected === found ? [] : [`error: expected ${show(expected)}, found ${show(found)}`];
  }
  return Object.entries(expected).flatMap(([name, value]) => {
    const isRight =
      name === "says"
        ? String(found.message).includes(String(value))
        : isDeepStrictEqual(found[name] ?? null, value);
    return isRight ? [] : [`error.${name}: expected ${show(value)}, found ${show(found)}`];
  });
}

/** How what a testee found differs from what was expected; empty when it doesn't. */
export function compare(expected: Outcome, found: Outcome): string[] {
  const differences = compareErrors(expected.error, found.error);
  for (const [name, value] of Object.entries(expected)) {
    if (name === "error") continue;
    if (name === "absent") {
      const present = (value as string[]).filter((pointer) => has(found.body, pointer));
      if (found.body === undefined || present.length > 0) {
        differences.push(`absent: ${present.join(", ")} in ${show(found.body)}`);
      }
      continue;
    }
    const isSet = name === "quirks";
    const [wanted, got] = isSet
      ? [new Set(value as string[]), new Set(found.quirks)]
      : [value, found[name] ?? null];
    if (isDeepStrictEqual(wanted, got)) continue;
    differences.push(`${name}: expected ${show(value)}, found ${show(found[name])}`);
  }
  return differences;
}
